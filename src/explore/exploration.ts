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
    const { leads } = this.statistics;
    if (this.total === undefined) return plural(leads, this.sourceForms);
    if (this.source !== 'loaded' && leads >= this.total)
      return plural(leads, l10n.t('All {0} lead of the list.|All {0} leads of the list.'));
    return plural(leads, this.sourceFormsOfTotal, grouped(this.total));
  }

  /** What has to be known of these leads, in sentences. */
  get notes(): string[] {
    const { total = 0, query } = this;
    return [
      ...(this.source !== 'loaded' && total > queryCap
        ? [
            l10n.t(
              'The list is longer than the {0} leads that can be read of it: those after them are not in the sample.',
              grouped(queryCap),
            ),
          ]
        : []),
      ...(query.presence
        ? [l10n.t('The service cannot filter by presence: leads who are not there are among them.')]
        : []),
      ...(this.source === 'loaded' ? [l10n.t('They are the first of the list, and no fair sample of the rest.')] : []),
    ];
  }

  dispose(): void {
    this.ending.abort();
    this.changed.dispose();
  }

  /** The sentence for a number of leads, as long as it is not known how many the list has. */
  private get sourceForms(): string {
    if (this.source === 'loaded')
      return l10n.t('The {0} lead that the list has loaded.|The {0} leads that the list has loaded.');
    return this.isCancelled
      ? l10n.t(
          'A sample of {0} lead, spread over the list, stopped.|A sample of {0} leads, spread over the list, stopped.',
        )
      : l10n.t('A sample of {0} lead, spread over the list.|A sample of {0} leads, spread over the list.');
  }

  /** The same out of `{1}`. */
  private get sourceFormsOfTotal(): string {
    if (this.source === 'loaded')
      return l10n.t('The {0} lead that the list has loaded of {1}.|The {0} leads that the list has loaded of {1}.');
    return this.isCancelled
      ? l10n.t(
          'A sample of {0} lead, spread over the list of {1}, stopped.|A sample of {0} leads, spread over the list of {1}, stopped.',
        )
      : l10n.t(
          'A sample of {0} lead, spread over the list of {1}.|A sample of {0} leads, spread over the list of {1}.',
        );
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
