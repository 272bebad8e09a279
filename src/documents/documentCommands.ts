import type * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadSelection } from '../leads/leadSelection';
import type { Masking } from '../leads/masking';
import type { Log } from '../editor/log';

/** What the JSON commands need of the rest of the extension. */
export interface DocumentParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
  /** `SearchCommand.pickLead`, handed over by `extension.ts` because feature rooms do not import each other. */
  readonly pickLead: (title: string, except?: string) => Promise<Lead | undefined>;
}

/** The commands that give a lead as JSON, the `dashly-lead:` documents and both comparisons; made once in `extension.ts`. */
export class DocumentCommands implements vscode.Disposable {
  constructor(parts: DocumentParts) {
    throw new Error(`not built yet: ${Object.keys(parts).join()}`);
  }

  /** Keeps a state of a lead seen elsewhere (the card's details) for *Compare With Earlier State*. */
  remember(lead: Lead): void {
    throw new Error(`not built yet: ${lead.id}`);
  }

  dispose(): void {
    throw new Error('not built yet');
  }
}
