import { parseDate } from '../dashly/dates';
import { ExactNumber } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { Masking } from './masking';
import { isBlank, isolated, singleLine } from './text';
import { type DateFormat, dateText, pastTime } from './dates';
import { identifyingProperties, propertyTitle } from './properties';

const nameProps = identifyingProperties.map(({ name }) => name);

/** What the tooltip says of a lead besides its contacts. */
const tooltipProps = ['$last_seen', '$country', '$region', '$city', '$sessions'] as const;

const separator = ' · ';

/**
 * The best name of a lead: `$name`, else `$email`, `$phone`, `$user_id`, else `Lead <id>`; its pseudonym while contacts
 * are masked. One line, safe to show as plain text.
 */
export function leadLabel(lead: Lead, masking: Masking): string {
  return masking.on ? masking.mask.pseudonym(lead.id) : bestName(lead).text;
}

/**
 * What the label has not said, then when the lead was last seen: "maks@example.com · 2 minutes ago". One line, safe to
 * show as plain text; empty when there is nothing to say.
 *
 * @param now in ms since 1970
 */
export function leadDescription(lead: Lead, masking: Masking, now: number, locale?: string): string {
  return [otherContact(lead, masking), seen(lead, now, locale)]
    .filter((text) => text !== undefined)
    .map(isolated)
    .join(separator);
}

/** A row in words for a screen reader: "Maks, online, maks@example.com, last seen 2 minutes ago". */
export function leadAccessibilityLabel(lead: Lead, masking: Masking, now: number, locale?: string): string {
  const time = seen(lead, now, locale);
  return [
    leadLabel(lead, masking),
    presenceWord(lead.presence).toLowerCase(),
    otherContact(lead, masking),
    time === undefined ? undefined : `last seen ${time}`,
  ]
    .filter((text) => text !== undefined)
    .join(', ');
}

/**
 * A row's tooltip: plain lines, one a fact, each safe by itself: name and presence, contacts, place, last seen with its
 * exact time, id.
 * @param format in UTC unless said otherwise: the machine this runs on may stand in another zone than the person
 */
export function leadTooltip(lead: Lead, masking: Masking, now: number, format: DateFormat = {}): string {
  const exactFormat = { ...format, timeZone: format.timeZone ?? 'UTC' };
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
      line(
        name,
        exact
          ? `${pastTime(exact.time, now, format.locale)} (${dateText(exact, exactFormat)})`
          : masking.text(text, lead),
      );
    }
  }
  lines.push(`Lead id: ${singleLine(lead.id)}`);
  return lines.join('\n');
}

/** A presence in words: "Online", "Idle", "Offline"; another one as it came; "Presence unknown" for none. */
export function presenceWord(presence: string): string {
  const word = singleLine(presence, 40);
  return isBlank(word) ? 'Presence unknown' : word.charAt(0).toUpperCase() + word.slice(1);
}

/** When the lead was last seen, in ms since 1970; undefined when that is not known. */
export function lastSeen(lead: Lead): number | undefined {
  const value = lead.props.$last_seen;
  return typeof value === 'string' ? parseDate(value)?.time : undefined;
}

/** Which property the label of an unmasked lead comes from, and the label. */
function bestName(lead: Lead): { readonly prop: string | undefined; readonly text: string } {
  for (const prop of nameProps) {
    const text = plainValue(lead, prop);
    if (text !== undefined) {
      return { prop, text };
    }
  }
  return { prop: undefined, text: `Lead ${singleLine(lead.id, 40)}` };
}

/** The best contact that the label has not said: a pseudonym says none. */
function otherContact(lead: Lead, masking: Masking): string | undefined {
  const said = masking.on ? '$name' : bestName(lead).prop;
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

function seen(lead: Lead, now: number, locale?: string): string | undefined {
  const time = lastSeen(lead);
  return time === undefined ? undefined : pastTime(time, now, locale);
}
