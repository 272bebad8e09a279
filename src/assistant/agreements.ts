import { HumanError } from '../dashly/errors';
import { type Connection, isSameApp } from '../leads/currentLeads';

/** What a person is told before a call is run. */
export interface Conditions {
  /** To the app. */
  readonly connection: Connection;
  /** Whether pseudonyms stand in the place of contacts. */
  readonly isMasked: boolean;
}

interface Asked extends Conditions {
  readonly call: string;
}

/** More questions than a person has before them at any time. */
const mostAsked = 100;

/**
 * What a person was asked before each call of a tool: several calls may wait for their answers at once, while the app or the
 * masking changes, and a call is run only as it was agreed to.
 */
export class Agreements {
  /** Those that no call has used yet, oldest first. */
  private readonly asked: Asked[] = [];

  /** @param input as the model has given it */
  ask(tool: string, input: unknown, conditions: Conditions): void {
    this.asked.push({ call: callOf(tool, input), ...conditions });
    // One that the person has refused is never used.
    if (this.asked.length > mostAsked) this.asked.shift();
  }

  /**
   * Uses up the agreement to a call.
   * @param now under which conditions the call would be run
   * @throws HumanError with a message for the model, when the person was asked about another app, or about pseudonyms where
   *   there would be contacts
   */
  use(tool: string, input: unknown, now: Conditions): void {
    const same = this.asked.filter(({ call }) => call === callOf(tool, input));
    const isOfApp = ({ connection }: Conditions): boolean => isSameApp(connection, now.connection);
    const holds = (one: Conditions): boolean => isOfApp(one) && (now.isMasked || !one.isMasked);
    // Which of two that are the same was agreed to, nobody knows.
    const used = same.find((one) => !holds(one)) ?? same[0];
    if (used) this.asked.splice(this.asked.indexOf(used), 1);
    if (!used || !isOfApp(used)) throw new HumanError('The app was switched meanwhile: call the tool again.');
    if (!holds(used)) throw new HumanError('Contacts were allowed meanwhile: call the tool again.');
  }
}

/** The same text for the same call: it comes over from the model twice. */
function callOf(tool: string, input: unknown): string {
  return `${tool} ${JSON.stringify(input)}`;
}
