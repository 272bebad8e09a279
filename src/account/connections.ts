import type { AxiosAdapter } from 'axios';
import type * as vscode from 'vscode';
import type { RequestQueue } from '../dashly/requestQueue';
import type { Log } from '../editor/log';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import type { Connection } from '../leads/currentLeads';
import { accountKey, isSampleAccount, type Account } from './account';

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
    const [{ DashlyClient }, { RequestQueue }] = await Promise.all([import('../dashly/client'), import('../dashly/requestQueue')]);
    this.queue ??= new RequestQueue(readSetting('concurrency'));
    const target = isSampleAccount(account) ? await this.openSample() : { address: account.address, app: account.app, token };
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
  const [{ SampleApp }, { SampleApi }, { sampleAdapter, sampleAddress }] = await Promise.all([
    import('../sample/sampleApp'),
    import('../sample/sampleApi'),
    import('../sample/adapter'),
  ]);
  const api = new SampleApi(new SampleApp({ live: true }));
  return { address: sampleAddress, app: api.app.appId, token: api.token, adapter: sampleAdapter(api) };
}
