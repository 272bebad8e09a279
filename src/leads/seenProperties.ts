import { parseDate } from '../dashly/dates';
import { ExactNumber } from '../dashly/json';
import type { Lead, PropertyValue } from '../dashly/lead';
import { type PropertyKind, systemProperties } from './properties';

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
  if (typeof value === 'string') return parseDate(value) ? 'date' : 'string';
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
