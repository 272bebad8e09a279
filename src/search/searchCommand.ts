import type * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadSelection } from '../leads/leadSelection';
import type { Masking } from '../leads/masking';
import type { Log } from '../editor/log';

/** What the search needs of the rest of the extension. */
export interface SearchParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
}

/** The command *Search Leads…*; made once in `extension.ts`, which disposes it. */
export class SearchCommand implements vscode.Disposable {
  constructor(parts: SearchParts) {
    throw new Error(`not built yet: ${Object.keys(parts).join()}`);
  }

  /**
   * Lets the person choose one lead with the same search, for *Compare With…*.
   * @param title what the lead is chosen for, as the title of the pick
   * @param except a lead's id that cannot be chosen
   * @returns the lead, or undefined when the person left
   */
  pickLead(title: string, except?: string): Promise<Lead | undefined> {
    throw new Error(`not built yet: ${title} ${except}`);
  }

  dispose(): void {
    throw new Error('not built yet');
  }
}
