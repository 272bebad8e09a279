import * as l10n from '@vscode/l10n';
import { percentDecoded } from '../dashly/address';
import { asciiDigits } from '../leads/foldedText';
import { cleanSearch, phoneDigits } from '../leads/searchFilters';
import { isCookies, isToken } from './secrets';

/** By what the service finds one visitor. */
export type VisitorKey =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'conversation'; readonly id: string; readonly app: string }
  | { readonly by: 'userId'; readonly userId: string };

/** What a searched text is taken for. */
export interface Recognized {
  /** What is searched: of a copied `Cookie` header the one cookie alone. Recognised again it stays the same. */
  readonly text: string;
  /** In words; undefined for a text that may be anything. */
  readonly kind?: string;
  /** As what it is looked for, in a sentence; undefined where that is not in question. */
  readonly tried?: string;
  /** That nobody is found by it, in words; undefined for what is looked for in the properties of leads, too. */
  readonly notFound?: string;
  /** By what a visitor is looked up: first this, then what follows. */
  readonly keys: readonly VisitorKey[];
  /** Whether it is looked for in the properties of leads, too. Other cookies than the visitor's never are. */
  readonly isText: boolean;
  /** Why there is nothing to look for, and what to do about it. */
  readonly problem?: string;
  /** What to do when nobody is found. */
  readonly advice: string;
}

/** The cookies that hold a visitor's id (API.md, section 7); in JSON the value may be a member of its own. */
const visitorCookie =
  /(?<![\w-])(dashly_uid|carrotquest_uid)(?![\w-])\\?["']?\s*(?:[=:\t]|,[^{}]{0,400}?["']value\\?["']\s*:)\s*\\?["']?([^\s;,"'\\&}]*)/gi;

/** Addresses of the admin panel (API.md, section 7). */
const panelLink =
  /^(?:https?:\/\/)?((?:[\w-]+\.)*(?:carrotquest\.io|dashly\.io|dashly\.app))\/panel\/([^/?#\s]{1,64})\/conversations\/(?:[a-z][\w-]*\/)*(\d{1,20})(?![^/?#\s])/i;

const email = /^[^\s@<>"';,]+@[^\s@<>"';,]+$/;
const number = /^\d{1,20}$/;

/** The longest User ID (API.md, section 5). */
const longestUserId = 255;

const mergedAdvice = l10n.t(
  'It may be merged into another, as happens when the site identifies a visitor: reload the page and copy the cookie again.',
);
const userIdAdvice = l10n.t(
  'A User ID is found only after the first event of its visitor: paste the cookie dashly_uid of the browser instead.',
);

/** What a text may be that is looked for by ids and in the properties of leads. */
type TextKind = Required<Pick<Recognized, 'kind' | 'tried'>>;

const idOrUserId: TextKind = {
  kind: l10n.t('a lead ID or a User ID'),
  tried: l10n.t('Tried as a lead ID and as a User ID.'),
};
const idOrPhone: TextKind = {
  kind: l10n.t('a lead ID, a User ID or a phone number'),
  tried: l10n.t('Tried as a lead ID, a User ID and as a phone number.'),
};
const emailOrUserId: TextKind = {
  kind: l10n.t('an e-mail address or a User ID'),
  tried: l10n.t('Tried as an e-mail address and as a User ID.'),
};
const phoneOrUserId: TextKind = {
  kind: l10n.t('a phone number or a User ID'),
  tried: l10n.t('Tried as a phone number and as a User ID.'),
};

/**
 * What a person has at hand and pastes: the cookie of the site's script in any wrapping (its value, a whole `Cookie` header,
 * `document.cookie`, JSON, a row of the developer tools, percent-encoded, quoted), a lead's id, a User ID, an e-mail address,
 * a phone number, or the address of a conversation in the admin panel.
 */
export function recognize(typed: string): Recognized {
  const cleaned = cleanSearch(typed);
  const forms = [...new Set([cleaned, percentDecoded(cleaned), percentDecoded(percentDecoded(cleaned))])];
  for (const form of forms) {
    const known = fromLink(form) ?? fromVisitorCookie(form);
    if (known) return known;
  }
  if (forms.some(isToken)) {
    const problem = l10n.t('There is a token in this, which may open all of an app’s data: nothing was searched.');
    return { text: 'Authorization:', kind: l10n.t('a token'), keys: [], isText: false, problem, advice: '' };
  }
  if (forms.some(isCookies)) return otherCookies();
  const bare = forms.map(unquoted);
  const digits = bare.map(asciiDigits).find((form) => number.test(form));
  if (digits !== undefined) {
    const words = phoneDigits(digits) === undefined ? idOrUserId : idOrPhone;
    const keys: VisitorKey[] = [
      { by: 'id', id: digits },
      { by: 'userId', userId: digits },
    ];
    return { text: digits, ...words, keys, isText: true, advice: mergedAdvice };
  }
  const address = bare.find((form) => email.test(form));
  if (address !== undefined) return textual(address, address, emailOrUserId);
  const isPhone = phoneDigits(cleaned) !== undefined;
  return textual(typed.trim(), cleaned, isPhone ? phoneOrUserId : undefined);
}

function textual(text: string, cleaned: string, words: TextKind | undefined): Recognized {
  const isUserId = cleaned.length > 0 && cleaned.length <= longestUserId && !/^\.{1,2}$/.test(cleaned);
  const keys: VisitorKey[] = isUserId ? [{ by: 'userId', userId: cleaned }] : [];
  return { text, ...words, keys, isText: true, advice: userIdAdvice };
}

/** Of cookies without the visitor's nothing is kept. */
function otherCookies(): Recognized {
  return {
    text: 'Cookie:',
    kind: l10n.t('cookies'),
    keys: [],
    isText: false,
    problem: l10n.t(
      'Neither dashly_uid nor carrotquest_uid is among these cookies: wait until the site’s chat is there, and copy them again.',
    ),
    advice: '',
  };
}

function fromLink(text: string): Recognized | undefined {
  const [, host, app, id] = panelLink.exec(unquoted(text)) ?? [];
  if (host === undefined || app === undefined || id === undefined) return undefined;
  return {
    text: `https://${host}/panel/${app}/conversations/${id}`,
    kind: l10n.t('a conversation in the admin panel'),
    notFound: l10n.t('No visitor is found by this link'),
    keys: [{ by: 'conversation', id, app }],
    isText: false,
    advice: l10n.t(
      'The conversation may belong to another app, or be deleted: compare the app in the address of the link.',
    ),
  };
}

function fromVisitorCookie(text: string): Recognized | undefined {
  const found = [...text.matchAll(visitorCookie)].map(([, name = '', value = '']) => ({
    name: name.toLowerCase(),
    value: unquoted(percentDecoded(percentDecoded(value))),
  }));
  const cookie = found.find(({ value }) => number.test(value)) ?? found[0];
  if (!cookie) return undefined;
  const { name, value } = cookie;
  const isId = number.test(value);
  return {
    text: `${name}=${isId ? value : ''}`,
    kind: l10n.t('the cookie {0}', name),
    notFound: l10n.t('No visitor is found by the cookie {0}', name),
    keys: isId ? [{ by: 'id', id: value }] : [],
    isText: false,
    problem: isId ? undefined : l10n.t('What the cookie {0} holds is no visitor’s ID: copy its whole value.', name),
    advice: mergedAdvice,
  };
}

function unquoted(text: string): string {
  return /^\\?(["'`])(.*?)\\?\1$/s.exec(text)?.[2]?.trim() ?? text;
}
