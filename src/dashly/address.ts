import * as l10n from '@vscode/l10n';

/** Where the service is. Joins paths to it, also when it has a path of its own. */
export class ServiceAddress {
  private readonly base: string;

  /** @throws TypeError for what `parseAddress` refuses */
  constructor(address: string) {
    const checked = parseAddress(address);
    if ('problem' in checked) throw new TypeError(checked.problem);
    this.base = checked.address;
  }

  /** @param params values of the query; undefined ones are left out */
  url(path: string, params: Readonly<Record<string, string | undefined>>): string {
    const query = Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : [`${percentEncoded(name)}=${percentEncoded(value)}`],
    );
    return `${this.base}${path}${query.length > 0 ? '?' : ''}${query.join('&')}`;
  }
}

/**
 * An id as one step of a path. `$` stays, because only the sample API is known to accept `%24self_app`.
 * @returns undefined for what an address would take for another path, encoded or not
 */
export function pathStep(id: string): string | undefined {
  if (/^\.{0,2}$/.test(id)) return undefined;
  return percentEncoded(id).replaceAll('%24', '$');
}

/** A text percent-encoded, as `encodeURIComponent` does, which throws for half a pair. */
export function percentEncoded(text: string): string {
  // Half a pair cannot be written in UTF-8; cutting typed text by length can leave one.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}

/** A percent-encoded text as it reads; one that is not encoded rightly stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Stands for "the app this token belongs to" (API.md, section 2). */
export const ownApp = '$self_app';

/** An address that may be used, or a sentence that says what is wrong with it. */
export type AddressCheck = { readonly address: string } | { readonly problem: string };

/**
 * Checks the address of a service before a token is ever sent there: https, or plain http on this machine only, and
 * nothing in it but host, port and path.
 * @param text what a person typed
 * @returns the address without a slash at the end, or what to change
 */
export function parseAddress(text: string): AddressCheck {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: l10n.t('Type the address of the service, such as https://api.example.com.') };
  if (!/^https?:\/\//i.test(trimmed)) return { problem: l10n.t('Begin the address with https://.') };
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return { problem: l10n.t('This is not a web address. It looks like https://api.example.com.') };
  }
  if (url.username || url.password)
    return { problem: l10n.t('Leave out the name and password before the @: the token is asked for later.') };
  if (trimmed.includes('?') || trimmed.includes('#'))
    return { problem: l10n.t('Leave out everything from the first ? or # on.') };
  if (/\/apps(\/|$)/.test(url.pathname))
    return { problem: l10n.t('Leave out /apps and what follows: only the beginning of the address is wanted.') };
  if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname)) {
    return {
      problem: l10n.t(
        'Use https://: over plain http the token could be read on the way. (http is only for this machine.)',
      ),
    };
  }
  return { address: url.origin + url.pathname.replace(/\/+$/, '') };
}

/**
 * The hosts, as `URL` gives them, that a token may be sent to over plain http: those that VS Code never asks a configured
 * proxy about. Other names of this machine (`*.localhost`, the rest of 127.0.0.0/8) it sends to the proxy.
 */
export const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
