import * as l10n from '@vscode/l10n';
import { queryCap, type LeadsQuery } from '../dashly/lead';
import type { Connection } from '../leads/currentLeads';
import { Emitter, type Disposable } from '../leads/event';
import type { LeadList } from '../leads/leadList';
import { grouped, plural } from '../language';
import { readSample } from './sample';
import { Statistics } from './statistics';

/** Which leads are explored: those that the list has loaded, or a sample of at most so many spread over all of it. */
export type ExplorationSource = 'loaded' | number;

/** How many loaded leads are looked at before the others get their turn: some milliseconds of work. */
const leadsAStep = 100;

/** The leads of one query, looked at until the reading has ended or was cancelled. */
export class Exploration implements Disposable {
  private readonly changed = new Emitter();
  private readonly ending = new AbortController();
  readonly statistics = new Statistics();
  state: 'reading' | 'read' | 'failed' = 'reading';
  /** From 0 to 1. */
  progress = 0;
  /** How many leads the whole list has, as far as it is known. */
  total: number | undefined;
  /** What the reading failed with. */
  error: unknown;
  private isCancelled = false;

  /** More leads were looked at, or the reading has ended. */
  readonly onDidChange = this.changed.event;

  constructor(
    readonly connection: Connection,
    readonly query: LeadsQuery,
    readonly source: ExplorationSource,
    private readonly list: Pick<LeadList, 'leads' | 'total'> | undefined,
  ) {}

  /** Reads; resolves when it has ended, however. */
  async run(): Promise<void> {
    const { signal } = this.ending;
    try {
      if (this.source === 'loaded') await this.lookThroughLoaded(signal);
      else await this.readSample(this.source, signal);
      this.state = 'read';
    } catch (error) {
      if (!signal.aborted) this.error = error;
      this.state = signal.aborted ? 'read' : 'failed';
    }
    this.changed.fire();
  }

  /** Ends the reading; what has come is shown. */
  cancel(): void {
    if (this.state !== 'reading') return;
    this.isCancelled = true;
    this.ending.abort();
  }

  /** Which leads the numbers are of, in a sentence. */
  get sourceWords(): string {
    const leads = plural(this.statistics.leads, l10n.t('{0} lead|{0} leads'));
    const of = this.total === undefined ? '' : ` of ${grouped(this.total)}`;
    if (this.source === 'loaded') return `The ${leads} that the list has loaded${of}.`;
    const whole = this.total !== undefined && this.statistics.leads >= this.total;
    if (whole) return `All ${leads} of the list.`;
    const stopped = this.isCancelled ? ', stopped' : '';
    return `A sample of ${leads}, spread over the list${of}${stopped}.`;
  }

  /** What has to be known of these leads, in sentences. */
  get notes(): string[] {
    const { total = 0, query } = this;
    return [
      ...(this.source !== 'loaded' && total > queryCap
        ? [
            `The list is longer than the ${grouped(queryCap)} leads that can be read of it: those after them are not in the sample.`,
          ]
        : []),
      ...(query.presence ? ['The service cannot filter by presence: leads who are not there are among them.'] : []),
      ...(this.source === 'loaded' ? ['They are the first of the list, and no fair sample of the rest.'] : []),
    ];
  }

  dispose(): void {
    this.ending.abort();
    this.changed.dispose();
  }

  private async lookThroughLoaded(signal: AbortSignal): Promise<void> {
    const leads = [...(this.list?.leads ?? [])];
    this.total = this.list?.total;
    for (let from = 0; from < leads.length; from += leadsAStep) {
      this.statistics.add(leads.slice(from, from + leadsAStep));
      this.progress = Math.min(1, (from + leadsAStep) / leads.length);
      this.changed.fire();
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
  }

  private async readSample(size: number, signal: AbortSignal): Promise<void> {
    await readSample(this.connection.client, this.query, size, signal, (leads, { done, all, total }) => {
      this.statistics.add(leads);
      this.progress = done / all;
      this.total = total;
      this.changed.fire();
    });
  }
}
