import * as l10n from '@vscode/l10n';
import { parseDate } from '../dashly/dates';
import { decodeText } from '../dashly/decode';
import type { JsonObject } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { contactKind, identifyingProperties, propertyTitle } from '../leads/properties';
import { isSaid } from '../leads/values';
import type { CardFacts } from './facts';
import type { ShownContact, ShownRemark } from './shownCard';

/** Contacts of the header; the name is its title. */
const contactNames = identifyingProperties.map(({ name }) => name).filter((name) => name !== '$name');

/** What the service says of an e-mail address (API.md, section 5, `email_status`), and whether to write there is in vain. */
const emailStatuses: ReadonlyMap<string, { readonly words: string; readonly isWarning: boolean }> = new Map([
  ['validation', { words: l10n.t('being checked'), isWarning: false }],
  ['not_valid', { words: l10n.t('not valid'), isWarning: true }],
  ['not_confirmed', { words: l10n.t('not confirmed'), isWarning: false }],
  ['confirmed', { words: l10n.t('confirmed'), isWarning: false }],
  ['bounced', { words: l10n.t('bounced'), isWarning: true }],
  ['spam', { words: l10n.t('marked as spam'), isWarning: true }],
  ['unsubscribed', { words: l10n.t('unsubscribed'), isWarning: true }],
  ['black_list', { words: l10n.t('blacklisted'), isWarning: true }],
]);

/** The contacts of a lead that are known, and its id. */
export function shownContacts(lead: Lead, emailStatus: JsonObject | undefined, facts: CardFacts): ShownContact[] {
  const known = contactNames.flatMap((name): ShownContact[] => {
    const value = lead.props[name] ?? null;
    if (!isSaid(value)) return [];
    const kind = contactKind(name);
    return [
      {
        ...facts.property(name, propertyTitle(name), value),
        isPlain: kind === 'email' || kind === 'phone',
        remark: kind === 'email' && emailStatus ? emailRemark(emailStatus, facts) : undefined,
      },
    ];
  });
  return [...known, { ...facts.field('', 'id', l10n.t('Lead ID'), lead.id), isPlain: false }];
}

function emailRemark({ status, updated }: JsonObject, facts: CardFacts): ShownRemark | undefined {
  if (typeof status !== 'string' || status === '') return undefined;
  const { words, isWarning } = emailStatuses.get(status) ?? { words: facts.text(status), isWarning: false };
  const since = parseDate(decodeText(updated) ?? '');
  return { words, isWarning, since: since && { kind: 'date', ...since } };
}
