import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { maxPageSize, queryCap } from '../../src/dashly/lead';
import type { BenchServer } from './benchServer';

const run = promisify(execFile);

/** Reads what a service gives with `curl`, which is as fast as its way allows, and throws it away. */
export class Curl {
  private constructor(
    private readonly server: Pick<BenchServer, 'address' | 'token'>,
    private readonly common: string,
    private readonly folder: string,
  ) {}

  /** @param folder where the configurations go that it is run with */
  static async of(server: Omit<BenchServer, 'close'>, folder: string): Promise<Curl> {
    const common = ['silent', 'fail', `header = "Authorization: Token ${server.token}"`];
    if (server.authority !== undefined) {
      const file = join(folder, 'authority.pem');
      await writeFile(file, server.authority);
      common.push(`cacert = "${file}"`);
    }
    return new Curl(server, common.join('\n'), folder);
  }

  /** @returns how long 10,000 leads take, `atOnce` pages at the same time, in ms */
  async allPages(atOnce: number): Promise<number> {
    const pages = Array.from({ length: queryCap / maxPageSize }, (_, page) => this.page(page * maxPageSize));
    const config = await this.configured(pages);
    const began = performance.now();
    await run('curl', [...(atOnce > 1 ? ['--parallel', '--parallel-max', String(atOnce)] : []), '--config', config]);
    return performance.now() - began;
  }

  /** @returns how long the first page takes over a new connection, in ms, without the start of the process */
  async firstPage(): Promise<number> {
    const config = await this.configured([this.page(0), 'write-out = "%{time_total}"']);
    const { stdout } = await run('curl', ['--config', config]);
    return Number(stdout) * 1000;
  }

  private page(offset: number): string {
    const address = `${this.server.address}/apps/$self_app/users`;
    return `url = "${address}?offset=${offset}&limit=${maxPageSize}&id_as_string=true"\noutput = "/dev/null"`;
  }

  private async configured(lines: readonly string[]): Promise<string> {
    const file = join(this.folder, 'curl.config');
    await writeFile(file, `${this.common}\n${lines.join('\n')}\n`);
    return file;
  }
}
