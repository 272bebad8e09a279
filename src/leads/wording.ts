import * as l10n from '@vscode/l10n';
import { parseDate } from '../dashly/dates';
import { joinedBy, propertySentence } from '../dashly/filterJson';
import { ExactNumber } from '../dashly/json';
import { defaultSortProp, type Lead } from '../dashly/lead';
import type { Masking } from './masking';
import { isBlank, isolated, singleLine } from './text';
import { type DateFormat, dateText, pastTime, shortPastTime } from './dates';
import { identifyingProperties, propertyTitle } from './properties';
import { typedProperty, valueText } from './values';

const nameProps = identifyingProperties.map(({ name }) => name);

/** What the tooltip says of a lead besides its contacts. */
const tooltipProps = ['$last_seen', '$country', '$region', '$city', '$sessions'] as const;

const separator = ' · ';

/**
 * The best name of a lead: `$name`, else `$email`, `$phone`, `$user_id`, else `Lead <id>`; its pseudonym while contacts
 * are masked. One line, safe to show as plain text.
 */
export function leadLabel(lead: Lead, masking: Masking): string {
  return masking.on
    ? masking.mask.pseudonym(lead.id)
    : (knownName(lead) ?? l10n.t('Lead {0}', singleLine(lead.id, 40)));
}

/** The name, or the contact, that a lead is called by; undefined when none is known. One line, safe to show as plain text. */
export function knownName(lead: Lead): string | undefined {
  return bestName(lead)?.text;
}

/** In which words and from where a lead is seen. */
export interface LeadWording {
  readonly masking: Masking;
  /** In ms since 1970. */
  readonly now: number;
  /** What the leads are sorted by. */
  readonly sortProp?: string | undefined;
  /** Whether to say who is online or idle where nothing else does: a screen reader reads no icon of a quick pick. */
  readonly presenceInWords?: boolean;
}

/**
 * What the label has not said, the most important first: when the lead was last seen, or the value the leads are sorted by;
 * then a contact: "2 min · maks@example.com". One line, safe to show as plain text; empty when there is nothing to say.
 */
export function leadDescription(lead: Lead, wording: LeadWording): string {
  const presence = wording.presenceInWords && lead.presence !== 'offline' ? presenceWord(lead.presence) : undefined;
  const value = sortedValue(lead, wording);
  return [
    presence?.toLowerCase(),
    presence !== undefined && lead.presence === 'online' ? undefined : value,
    otherContact(lead, wording.masking),
  ]
    .filter((text) => text !== undefined)
    .map(isolated)
    .join(separator);
}

/** A row in words for a screen reader: "Maks, online, maks@example.com, last seen 2 minutes ago". */
export function leadAccessibilityLabel(lead: Lead, { masking, now, sortProp }: LeadWording): string {
  const time = lastSeen(lead);
  const value = sortProp === undefined || saysLastSeen(sortProp) ? undefined : shownValue(lead, sortProp, masking);
  return [
    leadLabel(lead, masking),
    presenceWord(lead.presence).toLowerCase(),
    value === undefined ? undefined : propertySentence(masking.propertyTitle(sortProp ?? '', 60), value),
    otherContact(lead, masking),
    lead.presence === 'online' || time === undefined ? undefined : l10n.t('last seen {0}', pastTime(time, now)),
  ]
    .filter((text) => text !== undefined)
    .join(', ');
}

/**
 * A row's tooltip: plain lines, one a fact, each safe by itself: name and presence, contacts, place, last seen with its
 * exact time, id.
 */
export function leadTooltip(lead: Lead, masking: Masking, now: number, format: DateFormat = {}): string {
  const lines = [`${isolated(leadLabel(lead, masking))} (${presenceWord(lead.presence).toLowerCase()})`];
  const line = (name: string, text: string): number => lines.push(`${propertyTitle(name)}: ${isolated(text)}`);
  for (const name of nameProps) {
    const text = contact(lead, name, masking);
    if (text !== undefined && !(masking.on && name === '$name')) {
      line(name, text);
    }
  }
  for (const name of tooltipProps) {
    const text = plainValue(lead, name);
    if (text !== undefined) {
      const exact = parseDate(text);
      line(name, exact ? `${pastTime(exact.time, now)} (${dateText(exact, format)})` : masking.text(text, lead));
    }
  }
  lines.push(l10n.t('Lead id: {0}', singleLine(lead.id)));
  return lines.join('\n');
}

const presenceWords: ReadonlyMap<string, string> = new Map([
  ['online', l10n.t('Online')],
  ['idle', l10n.t('Idle')],
  ['offline', l10n.t('Offline')],
]);

/** Presences of which one is wanted: `online or idle`. */
export function presencesWords(presences: readonly string[]): string {
  return joinedBy(
    'or',
    presences.map((presence) => presenceWord(presence).toLowerCase()),
  );
}

/** A presence in words: "Online", "Idle", "Offline"; another one as it came; "Presence unknown" for none. */
export function presenceWord(presence: string): string {
  const known = presenceWords.get(presence);
  if (known !== undefined) return known;
  const word = singleLine(presence, 40);
  return isBlank(word) ? l10n.t('Presence unknown') : word.charAt(0).toUpperCase() + word.slice(1);
}

/** When the lead was last seen, in ms since 1970; undefined when that is not known. */
export function lastSeen(lead: Lead): number | undefined {
  const value = lead.props.$last_seen;
  return typeof value === 'string' ? parseDate(value)?.time : undefined;
}

/** Which property the label of an unmasked lead comes from, and the label; undefined when none is known. */
function bestName(lead: Lead): { readonly prop: string; readonly text: string } | undefined {
  for (const prop of nameProps) {
    const text = plainValue(lead, prop);
    if (text !== undefined) {
      return { prop, text };
    }
  }
  return undefined;
}

/** The best contact that the label has not said: a pseudonym says none. */
function otherContact(lead: Lead, masking: Masking): string | undefined {
  const said = masking.on ? '$name' : bestName(lead)?.prop;
  return nameProps
    .filter((name) => name !== said)
    .map((name) => contact(lead, name, masking))
    .find((text) => text !== undefined);
}

function contact(lead: Lead, name: string, masking: Masking): string | undefined {
  if (!masking.on) {
    return plainValue(lead, name);
  }
  const masked = masking.mask.propertyValue(lead, name, lead.props[name] ?? null);
  return typeof masked === 'string' && !isBlank(masked) ? singleLine(masked) : undefined;
}

/** A text or a number as one line; undefined when there is nothing to see. */
function plainValue(lead: Lead, name: string): string | undefined {
  const value = lead.props[name];
  if (typeof value === 'number' || value instanceof ExactNumber) {
    return value.toString();
  }
  return typeof value === 'string' && !isBlank(value) ? singleLine(value) : undefined;
}

/** Whether leads that are sorted by a property are told apart by when they were last seen: their name says itself. */
function saysLastSeen(sortProp: string): boolean {
  return sortProp === defaultSortProp || nameProps.includes(sortProp);
}

/** What a lead stands at its place for; of one who is there now, that. */
function sortedValue(lead: Lead, { masking, now, sortProp = defaultSortProp }: LeadWording): string | undefined {
  if (!saysLastSeen(sortProp)) {
    const date = typedProperty(sortProp, lead.props[sortProp]);
    return date.kind === 'date' && date.time <= now
      ? shortPastTime(date.time, now)
      : shownValue(lead, sortProp, masking);
  }
  if (lead.presence === 'online') return pastTime(now, now);
  const time = lastSeen(lead);
  return time === undefined ? undefined : shortPastTime(time, now);
}

/** A property's value in one short line, as it may be shown; undefined when there is nothing to see. */
export function shownValue(lead: Lead, name: string, masking: Masking): string | undefined {
  const text = singleLine(valueText(typedProperty(name, masking.lead(lead).props[name])), 60);
  return isBlank(text) ? undefined : text;
}
