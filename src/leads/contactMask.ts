import type { JsonObject, JsonValue } from '../dashly/json';
import type { Lead, Props, PropertyValue } from '../dashly/lead';

/** Puts stable pseudonyms in the place of contacts. Pure: whether it is used is for `Masking` to say. */
export class ContactMask {
  /** @param key the secret the pseudonyms depend on; the same key gives the same pseudonyms */
  constructor(private readonly key: string) {}

  /** `Lead 7F3A`: the same for the same id and key. */
  pseudonym(_leadId: string): string {
    throw new Error(`not yet${this.key}`);
  }

  /** The lead with every contact in its props and record masked; its id and presence stay. */
  lead(_lead: Lead): Lead {
    throw new Error('not yet');
  }

  /** One value of a lead's property. */
  propertyValue(_lead: Lead, _name: string, _value: PropertyValue): PropertyValue {
    throw new Error('not yet');
  }

  /** Any JSON about a lead (its details, events, conversations, notes), masked to the bottom. */
  json(_about: { readonly id: string; readonly props: Props }, _value: JsonValue): JsonValue {
    throw new Error('not yet');
  }

  /** A user record as the service sends it; its own contacts are found in it. */
  record(_record: JsonObject): JsonObject {
    throw new Error('not yet');
  }

  /** Free text about a lead; without a lead only what looks like an e-mail or a phone number is masked. */
  text(_text: string, _about?: { readonly id: string; readonly props: Props }): string {
    throw new Error('not yet');
  }
}
