import { maskNumberForm } from './contactForms';
import { ContactMask, type MaskedAbout } from './contactMask';
import { Emitter, type Disposable } from './event';
import { errorSentence } from '../dashly/errors';
import type { ExactNumber, JsonValue } from '../dashly/json';
import type { Lead, PropertyValue } from '../dashly/lead';
import { type EventNames, propertyTitle } from './properties';
import { singleLine } from './text';

const noNames: EventNames = new Map();

/** Whether contacts are masked, and what that makes of a lead: everything that shows a lead goes through here. */
export class Masking implements Disposable {
  private readonly changed = new Emitter<boolean>();
  private masked: boolean;
  /** Masks regardless of `on`: for an export or a document that was asked for masked. */
  readonly mask: ContactMask;
  readonly onDidChange = this.changed.event;

  /**
   * @param key a random text kept over sessions, so that pseudonyms are stable; or what masks by one
   * @param eventNames those of the app that is looked at, as far as they are known
   */
  constructor(
    key: string | ContactMask,
    on = false,
    readonly eventNames: () => EventNames = () => noNames,
  ) {
    this.mask = typeof key === 'string' ? new ContactMask(key) : key;
    this.masked = on;
  }

  get on(): boolean {
    return this.masked;
  }

  /** One with the same pseudonyms that is on, whatever this one is: for those who never get contacts. */
  alwaysOn(): Masking {
    return new Masking(this.mask, true, this.eventNames);
  }

  /** Fires when the state changes. */
  set(on: boolean): void {
    if (on !== this.masked) {
      this.masked = on;
      this.changed.fire(on);
    }
  }

  /** The lead as it may be shown: itself while off. */
  lead(lead: Lead): Lead {
    return this.masked ? this.mask.lead(lead) : lead;
  }

  /** JSON that anybody wrote about a lead, such as an event's properties, as it may be shown: itself while off. */
  json(about: MaskedAbout, value: JsonValue): JsonValue {
    return this.masked ? this.mask.json(about, value, true) : value;
  }

  /** One value of a lead's property, or an item of it, as it may be shown: itself while off. */
  propertyValue(about: MaskedAbout, name: string, value: PropertyValue): PropertyValue {
    return this.masked ? this.mask.propertyValue(about, name, value) : value;
  }

  /** A number as it may be shown where it belongs to no lead: itself while off. */
  number<Value extends number | ExactNumber>(value: Value): Value | string {
    return this.masked ? maskNumberForm(value) : value;
  }

  /** Text about a lead as it may be shown: itself while off. */
  text(text: string, about?: MaskedAbout): string {
    return this.masked ? this.mask.text(text, about) : text;
  }

  /** The name of a property or an event as it may be shown: anybody's words but for the service's own names. */
  name(name: string, about?: MaskedAbout): string {
    return this.masked ? this.mask.name(about, name) : name;
  }

  /** The title of a property, as it may be shown, in one line of at most so many characters. */
  propertyTitle(name: string, longest = 80, about?: MaskedAbout): string {
    return singleLine(this.name(propertyTitle(name, this.eventNames()), about), longest);
  }

  /**
   * An error in one sentence as it may be shown: while masked without what the service or the system said, which may quote a
   * contact.
   */
  errorSentence(error: unknown): string {
    return this.masked ? this.mask.text(errorSentence(error, { ownWords: true })) : errorSentence(error);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
