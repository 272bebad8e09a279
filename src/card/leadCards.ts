import type * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadSelection } from '../leads/leadSelection';
import type { Masking } from '../leads/masking';

/** What the cards are built from. */
export interface LeadCardsOptions {
  /** Where the page's script and style sheet are found. */
  readonly extensionUri: vscode.Uri;
  /** Which app is connected; cards belong to it and close when another one takes its place. */
  readonly current: CurrentLeads;
  /** Told which lead the focused card shows. */
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: vscode.LogOutputChannel;
}

/** How a card is opened. */
export interface OpenCardOptions {
  /** True leaves the keyboard where it is, as while browsing the tree by arrows; default false. */
  readonly preserveFocus?: boolean;
}

/**
 * The lead cards: one preview that follows what is selected, and any number of pinned ones. Registers the commands
 * `dashlyLeads.openCard` (a `LeadElement`, optionally `OpenCardOptions`) and `dashlyLeads.pinCard` (the same, or
 * nothing for the focused card).
 */
export class LeadCards {
  constructor(options: LeadCardsOptions) {
    throw new Error(`not built yet: ${options.extensionUri.path}`);
  }

  /** Shows a lead: in its pinned card if it has one, else in the preview. */
  open(lead: Lead, options?: OpenCardOptions): void {
    throw new Error(`not built yet: ${lead.id} ${options?.preserveFocus}`);
  }

  /** Gives a lead a card that stays; without an argument the focused card's lead. */
  pin(lead?: Lead): void {
    throw new Error(`not built yet: ${lead?.id}`);
  }

  /** Closes every card. */
  dispose(): void {
    throw new Error('not built yet');
  }
}
