import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { sameJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { isolated } from '../leads/text';
import { dateText, relativeTime } from '../leads/dates';
import { leadLabel } from '../leads/wording';
import type { LeadDocuments } from './leadDocuments';
import { type LeadReference, leadTitle } from './leadReference';
import type { LeadState } from './leadHistory';
import type { ShownLeads } from './shownLeads';
import { showInformationMessage, showQuickPick } from '../editor/window';

/**
 * Lets the person choose a lead.
 * @param title what it is chosen for
 * @param except the id of a lead that cannot be chosen
 * @returns undefined when the person left
 */
export type PickLead = (title: string, except?: string) => Promise<Lead | undefined>;

/** What comparing needs. */
export interface LeadCompareParts {
  readonly current: CurrentLeads;
  readonly masking: Masking;
  readonly leads: ShownLeads;
  readonly documents: LeadDocuments;
  readonly pickLead: PickLead;
  /** As `shownTimeZone` gives it. */
  readonly timeZone: () => string | undefined;
}

/** *Compare With…* and *Compare With Earlier State*: key-sorted documents in VS Code's diff editor. */
export class LeadCompare {
  constructor(private readonly parts: LeadCompareParts) {}

  /** Compares two leads, or one with another that is asked for. */
  async withOther(leads: readonly Lead[]): Promise<void> {
    const [first, selected] = leads;
    const account = this.account();
    if (!first || account === undefined) return;
    if (leads.length > 2) {
      void showInformationMessage(l10n.t('Two leads can be compared: select one or two.'));
      return;
    }
    const second = selected ?? (await this.parts.pickLead(l10n.t('Compare {0} With…', this.label(first)), first.id));
    // The app may have been switched while the person was choosing.
    if (!second || account !== this.account()) return;
    await this.open(
      [{ account, id: first.id, sorted: true }, first],
      [{ account, id: second.id, sorted: true }, second],
      `${this.title(first)} ↔ ${this.title(second)}`,
    );
  }

  /** Compares a lead with what this session saw of it before; says so when it saw nothing else. */
  async withEarlier(lead: Lead): Promise<void> {
    const account = this.account();
    if (account === undefined) return;
    const { history } = this.parts.leads;
    const states = history.states(account, lead.id);
    const now = states.at(-1)?.lead ?? lead;
    const earlier = distinct(states)
      .filter((state) => !sameJson(state.lead.record, now.record))
      .reverse();
    if (earlier.length === 0) {
      void showInformationMessage(
        l10n.t('Nothing has changed about {0} since this window first saw it.', this.label(lead)),
      );
      return;
    }
    const state = earlier.length === 1 ? earlier[0] : await this.pickState(lead, earlier);
    if (!state || account !== this.account()) return;
    await this.open(
      [{ account, id: lead.id, sorted: true, state: state.number }, lead],
      [{ account, id: lead.id, sorted: true }, lead],
      this.changesTitle(lead, state),
    );
  }

  /** Opens a comparison again under the title that is right now, for two documents of this extension. */
  async reopen(left: LeadReference, right: LeadReference, column: vscode.ViewColumn): Promise<void> {
    const { leads } = this.parts;
    const [first, second] = [leads.latest(left.account, left.id), leads.latest(right.account, right.id)];
    if (!first || !second) return;
    const state = left.state === undefined ? undefined : leads.earlier(left.account, left.id, left.state);
    const title = state ? this.changesTitle(first, state) : `${this.title(first)} ↔ ${this.title(second)}`;
    await this.open([left, first], [right, second], title, column);
  }

  private async open(
    [left, leftLead]: [LeadReference, Lead],
    [right, rightLead]: [LeadReference, Lead],
    title: string,
    viewColumn?: vscode.ViewColumn,
  ): Promise<void> {
    const { documents, leads } = this.parts;
    leads.keep(left.account, leftLead);
    leads.keep(right.account, rightLead);
    await vscode.commands.executeCommand(
      'vscode.diff',
      documents.uri(left, leftLead),
      documents.uri(right, rightLead),
      title,
      { preview: true, viewColumn } satisfies vscode.TextDocumentShowOptions,
    );
  }

  private async pickState(lead: Lead, states: readonly LeadState[]): Promise<LeadState | undefined> {
    const items = states.map((state) => ({
      label: this.time(state),
      description: relativeTime(state.seen, Date.now()),
      state,
    }));
    const chosen = await showQuickPick(items, {
      title: l10n.t('Compare {0} With the State First Seen At…', this.label(lead)),
    });
    return chosen?.state;
  }

  private account(): string | undefined {
    return this.parts.current.connection?.key;
  }

  /** In the title of a comparison. Isolated, lest a right-to-left name turns the two sides around. */
  private title(lead: Lead): string {
    return isolated(leadTitle(lead, this.parts.masking));
  }

  /** The title of a comparison with an earlier state. */
  private changesTitle(lead: Lead, state: LeadState): string {
    return l10n.t('{0}: {1} ↔ now', this.title(lead), this.time(state));
  }

  private time({ seen }: LeadState): string {
    return dateText({ time: seen, dateOnly: false }, { timeZone: this.parts.timeZone() });
  }

  /** In questions and answers, which VS Code does not keep. */
  private label(lead: Lead): string {
    return isolated(leadLabel(lead, this.parts.masking));
  }
}

/** Each record once, as it was first seen: a list and a card come to the same one after the other. */
function distinct(states: readonly LeadState[]): LeadState[] {
  return states.filter(
    ({ lead }, index) => !states.slice(0, index).some((before) => sameJson(before.lead.record, lead.record)),
  );
}
