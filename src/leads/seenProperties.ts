import type { Numeral } from '../dashly/conditions';
import { parsePropertyDate } from '../dashly/dates';
import { ExactNumber } from '../dashly/json';
import type { Lead, PropertyValue } from '../dashly/lead';
import type { Masking } from './masking';
import { contactKind, type PropertyKind, systemProperties } from './properties';

/** A property that leads have, as far as it is known. */
export interface SeenProperty {
  readonly name: string;
  /** Undefined: never seen with a value, and not among the documented ones. */
  readonly kind: PropertyKind | undefined;
  /** A lead that has it, for an example; its value is a contact or may hold one. */
  readonly example?: { readonly lead: Lead; readonly value: PropertyValue };
}

/** Those that a lead has while nobody is on the site, too. */
const documented = systemProperties.filter(({ visit }) => !visit);

/** The type of a value as it was sent; undefined for none and for what is none of the five. */
export function propertyKind(value: PropertyValue | undefined): PropertyKind | undefined {
  if (typeof value === 'number' || value instanceof ExactNumber) return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return parsePropertyDate(value) ? 'date' : 'string';
  return Array.isArray(value) ? 'list' : undefined;
}

/**
 * The documented properties and those that the leads have, the documented ones first, the others by name. No request
 * tells which properties an app has (API.md, section 5): they are learnt from the leads that were seen.
 */
export function seenProperties(leads: readonly Lead[]): SeenProperty[] {
  const seen = new Map<string, SeenProperty>(documented.map(({ name, kind }) => [name, { name, kind }]));
  const others = new Map<string, SeenProperty>();
  for (const lead of leads) {
    for (const name of Object.keys(lead.props)) {
      const known = seen.get(name) ?? others.get(name);
      if (known?.example) continue;
      const value = lead.props[name] ?? null;
      const kind = propertyKind(value);
      if (kind === undefined) {
        if (!known) others.set(name, { name, kind });
      } else {
        // The documentation knows better than one value: a text may look like a date.
        const property = { name, kind: known?.kind ?? kind, example: { lead, value } };
        (seen.has(name) ? seen : others).set(name, property);
      }
    }
  }
  return [...seen.values(), ...[...others.values()].sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** A value that leads have of a property. */
export interface SeenValue {
  readonly value: string | Numeral;
  /** How many leads have it. */
  readonly count: number;
}

/**
 * The texts or the numbers that leads have of a property, those of most leads first; of a list, its items. Texts that differ
 * by case only are one, as they are to the service's conditions (API.md, section 4).
 * @param masking leaves out what it hides of any of these leads
 */
export function seenValues(
  leads: readonly Lead[],
  name: string,
  type: 'text' | 'number',
  masking: Masking,
): SeenValue[] {
  // Not even as a pseudonym is a contact something to compare with.
  if (masking.on && contactKind(name) !== undefined) return [];
  const seen = new Map<string, { value: string | Numeral; count: number }>();
  const hidden = new Set<string>();
  for (const lead of leads) {
    const given = lead.props[name];
    const ofLead = new Map<string, string | Numeral>();
    for (const value of Array.isArray(given) ? given : [given]) {
      if (type === 'text' && typeof value === 'string') ofLead.set(value.toLowerCase(), value);
      if (type === 'number' && (typeof value === 'number' || value instanceof ExactNumber))
        ofLead.set(String(value), value);
    }
    for (const [key, value] of ofLead) {
      if (masking.propertyValue(lead, name, value) !== value) hidden.add(key);
      const known = seen.get(key);
      if (known) known.count += 1;
      else seen.set(key, { value, count: 1 });
    }
  }
  for (const key of hidden) seen.delete(key);
  return [...seen.values()].sort((one, other) => other.count - one.count);
}
