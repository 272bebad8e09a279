import { ContactMask } from './contactMask';
import { Emitter, type Disposable } from './event';
import { errorSentence } from '../dashly/errors';
import type { JsonValue } from '../dashly/json';
import type { Lead, Props } from '../dashly/lead';
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

  /** Any JSON about a lead as it may be shown: itself while off. */
  json(about: { readonly id: string; readonly props: Props }, value: JsonValue): JsonValue {
    return this.masked ? this.mask.json(about, value) : value;
  }

  /** Text about a lead as it may be shown: itself while off. */
  text(text: string, about?: { readonly id: string; readonly props: Props }): string {
    return this.masked ? this.mask.text(text, about) : text;
  }

  /** The name of a property or an event as it may be shown: anybody's words but for the service's own names. */
  name(name: string, about?: { readonly id: string; readonly props: Props }): string {
    if (!this.masked) return name;
    return about ? this.mask.name(about, name) : this.mask.text(name);
  }

  /** The title of a property, as it may be shown, in one line of at most so many characters. */
  propertyTitle(name: string, longest = 80, about?: { readonly id: string; readonly props: Props }): string {
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
