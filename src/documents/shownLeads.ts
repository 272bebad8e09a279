import * as l10n from '@vscode/l10n';
import { HumanError } from '../dashly/errors';
import type { Lead } from '../dashly/lead';
import { type Connection, type CurrentLeads, isSameApp, type SeenLead } from '../leads/currentLeads';
import { Emitter, type Disposable, type Event } from '../leads/event';
import { readConversation, type WholeConversation } from './conversationText';
import { LeadHistory, type LeadState } from './leadHistory';

/**
 * How long a document of an app that is not connected yet waits for it, in ms: after a window reload the token is read
 * first.
 */
const connectionWait = 10_000;

/**
 * The leads that documents show: each as this session saw it last, read again from the service where it was not seen.
 * Also feeds the history of each lead, with what the lists give and what the cards read.
 */
export class ShownLeads implements Disposable {
  private readonly changed = new Emitter();
  private readonly subscriptions: Disposable[];
  /** The connections that were looked at last, by account: another app may have the key of one that was seen. */
  private readonly connections = new Map<string, Connection>();
  /** Leads read one by one for a document, by account and id. */
  private readonly read = new Map<string, { readonly lead: Lead; readonly seen: number }>();

  /**
   * The records of lists and, in the same form, of cards. A whole User object has other fields than a list's row (section
   * 5 of API.md), so that a comparison of the two would show differences that are none: those are in `read`.
   */
  readonly history = new LeadHistory();
  /** What some lead looks like changed. */
  readonly onDidChange = this.changed.event;

  /** @param onDidSee leads that were read by themselves */
  constructor(
    private readonly current: CurrentLeads,
    onDidSee: Event<SeenLead>,
  ) {
    this.subscriptions = [
      current.onDidChange(() => this.listChanged()),
      onDidSee(({ account, lead }) => {
        this.history.remember(account, [lead], Date.now(), 'card');
        this.changed.fire();
      }),
    ];
    this.listChanged();
  }

  /** An earlier state of a lead; undefined when this session does not have it. */
  earlier(account: string, id: string, number: number): LeadState | undefined {
    return this.history.states(account, id).find((state) => state.number === number);
  }

  /**
   * The lead as it was seen last; undefined when this session has not seen it.
   * @param comparable prefers a record in the form of a list's row, which has the fields that all other such records have
   */
  latest(account: string, id: string, comparable = false): Lead | undefined {
    const read = this.read.get(`${id} ${account}`);
    if (comparable) return (this.history.states(account, id).at(-1) ?? read)?.lead;
    // What a card read is in this form only to be compared: a document shows what the service sent.
    const listed = this.history.listed(account, id);
    return read && (!listed || read.seen >= listed.seen) ? read.lead : listed?.lead;
  }

  /** Takes a lead that a person is looking at, such as one a search found: it need not be loaded in the list. */
  keep(account: string, lead: Lead): void {
    if (lead === this.history.listed(account, lead.id)?.lead) return;
    this.read.set(`${lead.id} ${account}`, { lead, seen: Date.now() });
    this.changed.fire();
  }

  /** The lead as `latest` gives it, else read now. Rejects with a `HumanError`. */
  async lead(account: string, id: string, signal: AbortSignal, comparable = false): Promise<Lead> {
    return this.latest(account, id, comparable) ?? (await this.reload(account, id, signal));
  }

  /** Reads the lead again. Rejects with a `HumanError`. */
  async reload(account: string, id: string, signal: AbortSignal): Promise<Lead> {
    const connection = await this.connection(account);
    const { lead } = await connection.client.getLead(id, signal);
    if (isSameApp(connection, this.connections.get(account))) {
      this.read.set(`${id} ${account}`, { lead, seen: Date.now() });
      this.changed.fire();
    }
    return lead;
  }

  /** All messages of a conversation. Rejects with a `HumanError`. */
  async conversation(account: string, id: string, signal: AbortSignal): Promise<WholeConversation> {
    return readConversation((await this.connection(account)).client, id, signal);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
    this.clear();
  }

  private clear(): void {
    this.history.clear();
    this.read.clear();
    this.connections.clear();
  }

  private listChanged(): void {
    const { connection, list } = this.current;
    const before = connection && this.connections.get(connection.key);
    if (!connection || (before && !isSameApp(before, connection))) this.clear();
    if (connection) this.connections.set(connection.key, connection);
    if (connection && list) this.history.remember(connection.key, list.leads, Date.now());
    this.changed.fire();
  }

  private async connection(account: string): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const { connection } = this.current;
        if (connection?.key !== account) return false;
        resolve(connection);
        return true;
      };
      if (settle()) return;
      const subscription = this.current.onDidChangeList(() => settle() && stop());
      const timer = setTimeout(() => {
        stop();
        reject(
          new HumanError(
            l10n.t('This lead belongs to an app that is not connected now: switch to that app, then refresh.'),
          ),
        );
      }, connectionWait);
      const stop = (): void => {
        subscription.dispose();
        clearTimeout(timer);
      };
    });
  }
}
