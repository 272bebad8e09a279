import type * as vscode from 'vscode';
import { registerCommand } from '../editor/commands';
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

/**
 * The commands *Export Leads…* and *Resume Export…*; made once in `extension.ts`, which disposes it. What they do is loaded
 * when one is first run.
 */
export class ExportCommands implements vscode.Disposable {
  private readonly ending = new AbortController();
  private readonly commands: readonly vscode.Disposable[];

  constructor(parts: ExportParts) {
    this.commands = [
      registerCommand(parts.log, 'export', async (...args: unknown[]) => {
        const { exportLeads } = await import('./exportSteps');
        await exportLeads(parts, args, this.ending.signal);
      }),
      registerCommand(parts.log, 'resumeExport', async () => {
        const { resumeExport } = await import('./resumeExport');
        await resumeExport(parts, this.ending.signal);
      }),
    ];
  }

  /** Ends an export under way; it can be resumed. */
  dispose(): void {
    this.ending.abort();
    for (const command of this.commands) {
      command.dispose();
    }
  }
}
