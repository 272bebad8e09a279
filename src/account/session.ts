import type { AxiosAdapter } from 'axios';
import type * as vscode from 'vscode';
import { ownApp } from '../dashly/address';
import type { DashlyClient } from '../dashly/client';
import type { RequestQueue } from '../dashly/requestQueue';
import type { Parts } from '../editor/commands';
import { setContextKey } from '../editor/contextKeys';
import { type ErrorParts, type Log, showError } from '../editor/errors';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
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

/**
 * Makes the connection to an app out of its account and token; one token makes one client. All clients share one queue of
 * requests.
 */
export class Connections implements vscode.Disposable {
  private queue: RequestQueue | undefined;
  private sample: Promise<Sample> | undefined;
  /** The client of each account, by its key, and the token it was made of. */
  private readonly clients = new Map<string, { readonly token: string; readonly client: DashlyClient }>();
  private readonly subscriptions = [
    onDidChangeSetting('concurrency', (most) => {
      if (this.queue) this.queue.limit = most;
    }),
  ];

  constructor(
    private readonly log: Log,
    private readonly memory: vscode.Memento,
  ) {}

  /**
   * @param token left out for the sample app, which needs none. Evaluates the client's code at the first call; sends
   * nothing.
   */
  async open(account: Account, token = ''): Promise<Connection> {
    const client = await this.clientOf(account, token);
    this.keep(account, token, client);
    const fingerprint = async (secret: string): Promise<string> =>
      account.app === ownApp ? keyedHash(secret, token) : '';
    return { name: account.name, client, isSample: isSampleAccount(account), key: accountKey(account), fingerprint };
  }

  /**
   * Asks the service whether it accepts a token. Its client is the account's from then on, if it does.
   * @returns how many leads the app has
   * @throws the errors of the client's `countLeads`
   */
  async tryToken(account: Account, token: string, signal: AbortSignal): Promise<number> {
    const client = await this.clientOf(account, token);
    const leads = await client.countLeads(undefined, signal);
    this.keep(account, token, client);
    return leads;
  }

  /** Forgets the tokens of all accounts but these. */
  forgetOthers(accounts: readonly Account[]): void {
    const kept = new Set(accounts.map(accountKey));
    for (const key of this.clients.keys()) if (!kept.has(key)) this.clients.delete(key);
  }

  private async clientOf(account: Account, token: string): Promise<DashlyClient> {
    const known = this.clients.get(accountKey(account));
    return known?.token === token ? known.client : this.makeClient(account, token);
  }

  private keep(account: Account, token: string, client: DashlyClient): void {
    this.clients.set(accountKey(account), { token, client });
  }

  private async makeClient(account: Account, token: string): Promise<DashlyClient> {
    const [{ DashlyClient, prepareFetch }, { RequestQueue }] = await loadClient();
    this.queue ??= new RequestQueue(readSetting('concurrency'));
    const isSample = isSampleAccount(account);
    if (!isSample) prepareFetch();
    const target = isSample ? await this.openSample() : { address: account.address, app: account.app, token };
    return new DashlyClient({
      ...target,
      queue: this.queue,
      timeout: () => readSetting('timeout') * 1000,
      timeZone: () => shownTimeZone(this.memory),
      convertPropsTypes: () => readSetting('convertPropsTypes'),
      log: (line) => this.log.debug(line),
    });
  }

  /** Aborts what is under way, whoever asked for it. */
  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.queue?.dispose();
  }

  /** The sample app is read and generated when it is first opened, and lives as long as the window. */
  private openSample(): Promise<Sample> {
    this.sample ??= loadSample();
    return this.sample;
  }
}

/** Evaluates what a client is made of and sends by: at the latest when there is one to be made, never at activation. */
async function loadClient() {
  const [client, queue] = await Promise.all([import('../dashly/client'), import('../dashly/requestQueue')]);
  await client.loadAxios();
  return [client, queue] as const;
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
  private renewed = false;
  private following: Promise<void> | undefined;
  private turn = 0;

  constructor(
    private readonly store: AccountStore,
    private readonly connections: Connections,
    private readonly current: CurrentLeads,
    private readonly errors: ErrorParts,
  ) {
    this.subscription = store.onDidChange(() => {
      this.following = this.follow();
    });
  }

  /** Reads the stored accounts and connects to the active one; sends nothing. Never rejects. */
  async start(): Promise<void> {
    await this.store.read();
    if (this.store.accounts.length === 0 && readSetting('startWithSampleApp')) await this.store.add(sampleAccount);
    await this.follow();
  }

  /** Resolves when the active account is the one that is connected to, or cannot be. */
  async settled(): Promise<void> {
    await this.following;
  }

  /** The person gave a token: should it be the one that is in use, the list is read again all the same. */
  renew(): void {
    this.renewed = true;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async follow(): Promise<void> {
    const turn = ++this.turn;
    const account = this.store.active;
    // While VS Code looks for the token; a failure is told where the client is made.
    if (account) loadClient().catch(() => undefined);
    const token = account && !isSampleAccount(account) ? await this.store.token(account) : undefined;
    if (turn !== this.turn) return;
    this.connections.forgetOthers(this.store.accounts);
    if (!account || (token === undefined && !isSampleAccount(account))) {
      this.connectedTo = undefined;
      this.current.setConnection(undefined);
      setContextKey('account', account ? 'noToken' : this.store.accounts.length > 0 ? 'signedOut' : 'none');
      return;
    }
    const target = `${accountKey(account)} ${token} ${account.name}`;
    if (target === this.connectedTo) {
      if (this.renewed) void this.current.list?.refresh();
      this.renewed = false;
      return;
    }
    try {
      const connection = await this.connections.open(account, token);
      if (turn !== this.turn) return;
      this.renewed = false;
      this.connectedTo = target;
      setContextKey('account', 'connected');
      this.current.setConnection(connection);
    } catch (error) {
      showError(error, this.errors);
    }
  }
}

/**
 * The accounts, which are followed from activation on.
 * @returns the parts, to be disposed in the reverse order, and `start`
 */
export function openAccounts(parts: Pick<Parts, 'context' | 'current' | 'log' | 'masking'>) {
  const store = openAccountStore(parts.context.secrets, parts);
  const connections = new Connections(parts.log, parts.context.globalState);
  const session = new AccountSession(store, connections, parts.current, parts);
  return { store, connections, session, disposables: [store, connections, session] };
}

/** HMAC-SHA-256 in hexadecimal digits. */
async function keyedHash(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
