import type { AxiosAdapter } from 'axios';
import type * as vscode from 'vscode';
import type { RequestQueue } from '../dashly/requestQueue';
import type { Parts } from '../editor/commands';
import { setContextKey } from '../editor/contextKeys';
import { type Log, showError } from '../editor/errors';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import type { Connection, CurrentLeads } from '../leads/currentLeads';
import { type Account, accountKey, isSampleAccount, sampleAccount } from './account';
import { type AccountStore, openAccountStore } from './accountStore';

/** What a client of the sample app needs. */
interface Sample {
  readonly address: string;
  readonly app: string;
  readonly token: string;
  readonly adapter: AxiosAdapter;
}

/** Makes the connection to an app out of its account and token. All connections share one queue of requests. */
export class Connections implements vscode.Disposable {
  private queue: RequestQueue | undefined;
  private readonly subscription = onDidChangeSetting('concurrency', (most) => {
    if (this.queue) this.queue.limit = most;
  });
  private sample: Promise<Sample> | undefined;

  constructor(private readonly log: Log) {}

  /** @param token left out for the sample app, which needs none. Reads the client's code at the first call; sends nothing. */
  async open(account: Account, token = ''): Promise<Connection> {
    const [{ DashlyClient }, { RequestQueue }] = await Promise.all([
      import('../dashly/client'),
      import('../dashly/requestQueue'),
    ]);
    this.queue ??= new RequestQueue(readSetting('concurrency'));
    const target = isSampleAccount(account)
      ? await this.openSample()
      : { address: account.address, app: account.app, token };
    const client = new DashlyClient({
      ...target,
      queue: this.queue,
      timeout: readSetting('timeout') * 1000,
      log: (line) => this.log.debug(line),
    });
    return { name: account.name, client, isSample: isSampleAccount(account), key: accountKey(account) };
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** The sample app is read and generated when it is first opened, and lives as long as the window. */
  private openSample(): Promise<Sample> {
    this.sample ??= loadSample();
    return this.sample;
  }
}

async function loadSample(): Promise<Sample> {
  const [{ SampleApp }, { SampleApi, sampleAdapter, sampleAddress }] = await Promise.all([
    import('../sample/sampleApp'),
    import('../sample/sampleApi'),
  ]);
  const api = new SampleApi(new SampleApp(), { live: true });
  return { address: sampleAddress, app: api.app.appId, token: api.token, adapter: sampleAdapter(api) };
}

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

/**
 * The accounts, which are followed from activation on.
 * @returns the parts, to be disposed in the reverse order, and `start`
 */
export function openAccounts({ context, current, log }: Pick<Parts, 'context' | 'current' | 'log'>) {
  const store = openAccountStore(context.secrets, log);
  const connections = new Connections(log);
  const session = new AccountSession(store, connections, current, log);
  return { store, connections, session, disposables: [store, connections, session] };
}
