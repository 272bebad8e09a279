import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { namesBeside } from '../../../src/export/besideFiles';
import { ExportError } from '../../../src/export/exportError';
import { LeadsExport } from '../../../src/export/leadsExport';
import { parseExportState } from '../../../src/export/exportState';
import { LocalTarget } from '../../../src/export/localTarget';
import { fault } from '../../service/faults';
import { ServedExport } from './servedExport';

/** Waits until it is so; fails after half a minute. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await isSo());) {
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await wait(20);
  }
}

describe('An export that was interrupted', function () {
  this.timeout(120_000);
  let served: ServedExport;
  afterEach(() => served.close());

  for (const format of ['ndjson', 'csv', 'json'] as const) {
    it(`as ${format} by kill -9 goes on without repeating or losing a lead`, async () => {
      served = await ServedExport.open(4_000);
      served.api.faults.add(fault.delay(250));
      const script = join(__dirname, 'exportProcess.ts');
      const args = [
        '--require',
        'tsx/cjs',
        script,
        served.server.address,
        served.server.token,
        served.app.appId,
        served.path,
        format,
      ];
      const child = spawn(process.execPath, args, { stdio: 'inherit' });
      try {
        // Some state has been kept, and rows behind it have been written that no state tells of.
        await until('rows were written', async () => {
          const text = await LocalTarget.readState(served.path);
          const state = text === undefined ? undefined : parseExportState(text);
          return (
            state !== undefined &&
            state.leads > 0 &&
            (await stat(namesBeside(served.path).part).then(
              ({ size }) => size > state.bytes,
              () => false,
            ))
          );
        });
      } finally {
        child.kill('SIGKILL');
      }
      await until('it was dead', () => Promise.resolve(child.signalCode !== null));
      served.api.faults.clear();
      const result = await served.run(await served.resume());
      assert.deepEqual({ read: result.read, missing: result.missing }, { read: 4_000, missing: 0 });
      assert.deepEqual(await readdir(served.folder), ['leads.ndjson']);
      const text = await readFile(served.path, 'utf8');
      const ids =
        format === 'csv'
          ? [...text.matchAll(/^(\d+),(?:online|idle|offline),/gm)].map(([, id]) => id)
          : [...text.matchAll(/^\{"id":"(\d+)"/gm)].map(([, id]) => id);
      assert.deepEqual(ids.sort(), served.app.query().sort());
      if (format === 'json') {
        assert.equal((JSON.parse(text) as unknown[]).length, 4_000);
      }
    });
  }

  it('by a full disk says so, leaves nothing under the final name, and goes on when there is room', async function () {
    served = await ServedExport.open(3_000);
    const disk = join(served.folder, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      // Only root may mount, and not in every container.
      this.skip();
    }
    try {
      const path = join(disk, 'leads.ndjson');
      const order = {
        app: { key: 'k', name: 'Sample', fingerprint: '' },
        query: {},
        format: { format: 'ndjson' as const },
        masked: false,
      };
      const leadsExport = LeadsExport.begin(served.client, order, await LocalTarget.create(path));
      await assert.rejects(
        served.run(leadsExport),
        (error) => error instanceof ExportError && error.kind === 'diskFull',
      );
      assert.ok(!(await readdir(disk)).includes('leads.ndjson'));
      execFileSync('mount', ['-o', 'remount,size=64m', disk]);
      const state = parseExportState((await LocalTarget.readState(path)) ?? '');
      const result = await served.run(await LeadsExport.resume(served.client, state, path));
      assert.equal(result.read, 3_000);
      const ids = (await readFile(path, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);
      assert.deepEqual(ids.sort(), served.app.query().sort());
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  it('is not resumed when its partial file is not what it was', async () => {
    served = await ServedExport.open(500);
    const leadsExport = await served.begin();
    served.api.faults.add(fault.error('NotAuthenticated'), { params: { offset: '294' } });
    await assert.rejects(served.run(leadsExport));
    const { truncate } = await import('node:fs/promises');
    await truncate(namesBeside(served.path).part, 100);
    await assert.rejects(served.resume(), { name: 'ExportError', kind: 'notResumable' });
  });
});
