import type * as vscode from 'vscode';
import { setContextKey } from '../editor/contextKeys';
import type { Log } from '../editor/log';
import { readSetting } from '../editor/settings';
import { showError } from '../editor/showError';
import type { CurrentLeads } from '../leads/currentLeads';
import { accountKey, isSampleAccount, sampleAccount } from './account';
import type { AccountStore } from './accountStore';
import type { Connections } from './connections';

/** Keeps the leads that are looked at in step with the active account, whichever window changed it. */
export class AccountSession implements vscode.Disposable {
  private readonly subscription: { dispose(): void };
  /** What the connection was made of, so that news that change nothing do not read the list again. */
  private connectedTo: string | undefined;
  private turn = 0;

  constructor(
    private readonly store: AccountStore,
    private readonly connections: Connections,
    private readonly current: CurrentLeads,
    private readonly log: Log,
  ) {
    this.subscription = store.onDidChange(() => void this.follow());
  }

  /** Reads the stored accounts and connects to the active one; sends nothing. Never rejects. */
  async start(): Promise<void> {
    await this.store.read();
    if (this.store.accounts.length === 0 && readSetting('startWithSampleApp')) await this.store.add(sampleAccount);
    await this.follow();
  }

  /** Makes the next news of the active account start its list anew, though it be the same token that was given again. */
  renew(): void {
    this.connectedTo = undefined;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async follow(): Promise<void> {
    const turn = ++this.turn;
    const account = this.store.active;
    const token = account && !isSampleAccount(account) ? await this.store.token(account) : undefined;
    if (turn !== this.turn) return;
    if (!account || (token === undefined && !isSampleAccount(account))) {
      this.connectedTo = undefined;
      this.current.setConnection(undefined);
      setContextKey('account', account ? 'noToken' : this.store.accounts.length > 0 ? 'signedOut' : 'none');
      return;
    }
    const target = `${accountKey(account)} ${token} ${account.name}`;
    if (target === this.connectedTo) return;
    try {
      const connection = await this.connections.open(account, token);
      if (turn !== this.turn) return;
      this.connectedTo = target;
      setContextKey('account', 'connected');
      this.current.setConnection(connection);
    } catch (error) {
      showError(error, this.log);
    }
  }
}
