import type * as vscode from 'vscode';
import { Disposables } from '../editor/disposables';
import { LazyRoom } from '../editor/lazyRoom';
import type { Log } from '../editor/log';
import type { CurrentLeads } from '../leads/currentLeads';
import { AccountSession } from './accountSession';
import type { AccountStore } from './accountStore';
import { Connections } from './connections';
import { openAccountStore } from './openAccountStore';

/** What the accounts need of the rest of the extension. */
export interface AccountParts {
  readonly secrets: vscode.SecretStorage;
  readonly current: CurrentLeads;
  readonly log: Log;
}

const commands = ['connectApp', 'switchApp', 'replaceToken', 'signOut', 'openSampleApp'];

/**
 * Which apps are connected; made once in `extension.ts`, which disposes it. The stored accounts are followed from the
 * start; what asks a person for something is read when a command runs.
 */
export class AccountRoom implements vscode.Disposable {
  private readonly owned = new Disposables();
  readonly store: AccountStore;
  private readonly session: AccountSession;

  constructor({ secrets, current, log }: AccountParts) {
    this.store = this.owned.add(openAccountStore(secrets, log));
    const connections = this.owned.add(new Connections(log));
    this.session = this.owned.add(new AccountSession(this.store, connections, current, log));
    this.owned.add(
      new LazyRoom(log, commands, async () => {
        const { AccountCommands } = await import('./accountCommands');
        return () => new AccountCommands(this.store, connections, this.session, log);
      }),
    );
  }

  /** Reads the stored accounts and connects to the active one; sends nothing. Never rejects. */
  start(): Promise<void> {
    return this.session.start();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
