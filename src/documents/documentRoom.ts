import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { Disposables } from '../editor/disposables';
import { registerLazyFileSystem } from '../editor/lazyFileSystem';
import { LazyRoom } from '../editor/lazyRoom';
import type { Log } from '../editor/log';
import { logError } from '../editor/showError';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Event } from '../leads/event';
import type { LeadSelection } from '../leads/leadSelection';
import type { Masking } from '../leads/masking';
import type { SeenLead } from '../leads/seenLead';
import { leadScheme } from './leadReference';

/** What the JSON commands need of the rest of the extension. */
export interface DocumentParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
  /** Leads that a card has read: *Compare With Earlier State* knows them. */
  readonly onDidSee: Event<SeenLead>;
  /** `SearchCommand.pickLead`, handed over by `extension.ts` because feature rooms do not import each other. */
  readonly pickLead: (title: string, except?: string) => Promise<Lead | undefined>;
}

const commands = [
  'copyJsonToNewEditor', 'insertJson', 'copyJson', 'copyId', 'openJson', 'refreshJson', 'compareWith', 'compareWithEarlier',
];

/**
 * Leads as JSON; made once in `extension.ts`, which disposes it. Here is only what VS Code must know from the start. The
 * rest is read when a command runs, a document is opened, or leads are read: from then on it remembers their states.
 */
export class DocumentRoom implements vscode.Disposable {
  private readonly owned = new Disposables();

  constructor(parts: DocumentParts) {
    const changed = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
    const room = this.owned.add(
      new LazyRoom(parts.log, commands, async () => {
        const { DocumentCommands } = await import('./documentCommands');
        return () => new DocumentCommands(parts, (events) => changed.fire(events));
      }),
    );
    this.owned.add(
      registerLazyFileSystem({
        scheme: leadScheme,
        isReadonly: true,
        documents: async () => (await room.get()).documents,
        onDidChangeFile: changed.event,
      }),
    );
    this.owned.add(
      parts.current.onDidChangeList((list) => {
        if (list) room.get().catch((error: unknown) => logError(error, parts.log));
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }
}
