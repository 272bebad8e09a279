import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DashlyClient } from '../../../src/dashly/client';
import type { Lead, LeadsPageQuery } from '../../../src/dashly/lead';
import { LeadsExport, type ExportOrder } from '../../../src/export/leadsExport';
import { parseExportState } from '../../../src/export/exportState';
import { LocalTarget } from '../../../src/export/localTarget';
import type { CrawlOptions, CrawlResult } from '../../../src/crawl/crawl';
import type { LeadSource } from '../../../src/leads/pageReader';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { serveSampleApi, type SampleServer } from '../../service/server';

/** The sample app behind HTTP, and a folder to export to. */
export class ServedExport {
  private constructor(
    readonly api: TestApi,
    readonly server: SampleServer,
    readonly client: DashlyClient,
    readonly folder: string,
  ) {}

  static async open(leads: number): Promise<ServedExport> {
    const app = new TestApp({ leads });
    const api = new TestApi(app);
    const server = await serveSampleApi(api);
    const client = new DashlyClient({ address: server.address, app: app.appId, token: server.token });
    return new ServedExport(api, server, client, await mkdtemp(join(tmpdir(), 'dashly-export-')));
  }

  get app(): TestApp {
    return this.api.app;
  }

  private get source(): LeadSource {
    return {
      listLeads: async (query, signal) => {
        await this.before(query);
        return this.client.listLeads(query, signal);
      },
    };
  }

  get path(): string {
    return join(this.folder, 'leads.ndjson');
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What happens before each page is asked for, in the middle of a walk whatever its pace. */
  before: (query: LeadsPageQuery) => void | Promise<void> = () => undefined;

  async begin(order: Partial<ExportOrder> = {}, options?: CrawlOptions): Promise<LeadsExport> {
    const whole: ExportOrder = {
      app: { key: 'k', name: 'Sample', fingerprint: '' },
      query: {},
      format: { format: 'ndjson' },
      masked: false,
      ...order,
    };
    return LeadsExport.begin(this.source, whole, await LocalTarget.create(this.path), options);
  }

  async resume(options?: CrawlOptions): Promise<LeadsExport> {
    const state = parseExportState((await LocalTarget.readState(this.path)) ?? '');
    return LeadsExport.resume(this.source, state, this.path, options);
  }

  run(leadsExport: LeadsExport, signal = new AbortController().signal): Promise<CrawlResult> {
    return leadsExport.run((lead: Lead) => lead, signal).finally(() => leadsExport.close());
  }

  /** The lines of the exported NDJSON by id; fails on an id that comes twice. */
  async lines(): Promise<Map<string, string>> {
    const lines = new Map<string, string>();
    for (const line of (await readFile(this.path, 'utf8')).split('\n').slice(0, -1)) {
      const id = /"id":"(\d+)"/.exec(line)?.[1] ?? '';
      if (lines.has(id)) {
        throw new Error(`${id} comes twice`);
      }
      lines.set(id, line);
    }
    return lines;
  }
}
