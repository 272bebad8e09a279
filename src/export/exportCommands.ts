import type * as vscode from 'vscode';
import type { Log } from '../editor/log';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadSelection } from '../leads/leadSelection';
import type { Masking } from '../leads/masking';

/** What exporting needs of the rest of the extension. */
export interface ExportParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
  /** `ExtensionContext.globalState`: remembers where interrupted exports lie, so that they can be resumed after a restart. */
  readonly memento: vscode.Memento;
}

/** The commands *Export Leads…* and *Resume Export…*; made once in `extension.ts`, which disposes it. */
export class ExportCommands implements vscode.Disposable {
  constructor(parts: ExportParts) {
    throw new Error(`not built yet: ${Object.keys(parts).join()}`);
  }

  /** Ends an export under way; it can be resumed. */
  dispose(): void {
    throw new Error('not built yet');
  }
}
