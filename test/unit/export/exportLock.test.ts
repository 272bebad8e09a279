import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as files from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExportLock } from '../../../src/export/exportLock';
import { LocalTarget } from '../../../src/export/localTarget';

const busy = { name: 'ExportError', kind: 'busy' };
const rows = new TextEncoder().encode('{"id":"1"}\n');

describe('Two exports to one file', () => {
  let folder: string;
  let path: string;
  let lock: string;
  beforeEach(async () => {
    folder = await files.mkdtemp(join(tmpdir(), 'dashly-lock-'));
    path = join(folder, 'leads.ndjson');
    lock = `${path}.dashly-lock`;
  });
  afterEach(() => files.rm(folder, { recursive: true, force: true }));

  /** A lock of another machine that has long shown no sign of life. */
  async function leaveStaleLock(): Promise<void> {
    await files.writeFile(lock, JSON.stringify({ host: 'another', process: 1, lock: 'left' }));
    const long = new Date(Date.now() - 120_000);
    await files.utimes(lock, long, long);
  }

  it('do not write at the same time, whether they begin, go on or delete', async () => {
    const first = await LocalTarget.create(path);
    await first.append(rows);
    await first.keep('{}');
    await assert.rejects(LocalTarget.create(path), busy);
    await assert.rejects(LocalTarget.reopen(path, 0), busy);
    await assert.rejects(LocalTarget.discard(path), busy);
    assert.equal(await LocalTarget.readState(path), '{}');
    await first.close();
    const second = await LocalTarget.reopen(path, rows.length);
    await second.append(rows);
    await second.finish({ append: new Uint8Array() });
    await second.close();
    assert.equal(await files.readFile(path, 'utf8'), '{"id":"1"}\n{"id":"1"}\n');
    assert.deepEqual(await files.readdir(folder), ['leads.ndjson']);
  });

  it('leave no lock when they cannot begin', async () => {
    await assert.rejects(LocalTarget.reopen(path, 10), { name: 'ExportError', kind: 'targetGone' });
    assert.deepEqual(await files.readdir(folder), []);
  });

  it('take over from a process that has died, at once', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await files.writeFile(lock, JSON.stringify({ host: hostname(), process: pid, lock: 'left' }));
    await (await LocalTarget.create(path)).close();
    assert.deepEqual(await files.readdir(folder), ['leads.ndjson.dashly-part']);
  });

  it('are not kept apart for ever by a lock of the future, of another program, or that is none: a person decides', async () => {
    const future = new Date(Date.now() + 365 * 86_400_000);
    const holders = [
      JSON.stringify({ host: 'another', process: 1, lock: 'there' }),
      JSON.stringify({ host: hostname(), process: process.ppid, lock: 'there' }),
      'x'.repeat(100_000),
      '',
    ];
    for (const holder of holders) {
      await files.writeFile(lock, holder);
      await files.utimes(lock, future, future);
      await assert.rejects(LocalTarget.create(path), busy);
      await (await LocalTarget.create(path, true)).close();
      assert.deepEqual(await files.readdir(folder), ['leads.ndjson.dashly-part']);
    }
    for (const made of [() => files.symlink('/dev/zero', lock), () => execFileSync('mkfifo', [lock])]) {
      await made();
      await assert.rejects(LocalTarget.create(path), busy);
      await (await LocalTarget.create(path, true)).close();
    }
  });

  it('wait for a process of another machine, but not for one that has long shown no sign of life', async () => {
    await files.writeFile(lock, JSON.stringify({ host: 'another', process: 1, lock: 'there' }));
    await assert.rejects(LocalTarget.create(path), busy);
    const long = new Date(Date.now() - 120_000);
    await files.utimes(lock, long, long);
    await (await LocalTarget.create(path)).close();
  });

  it('do not both go on when one was only asleep', async () => {
    const asleep = await LocalTarget.create(path);
    await asleep.append(rows);
    const long = new Date(Date.now() - 120_000);
    await files.utimes(lock, long, long);
    const other = await LocalTarget.create(path);
    await assert.rejects(asleep.keep('{"of":"the one that slept"}'), busy);
    await assert.rejects(asleep.finish({ append: new Uint8Array() }), busy);
    await asleep.close();
    await other.keep('{"of":"the other"}');
    assert.equal(await LocalTarget.readState(path), '{"of":"the other"}');
    await other.close();
  });

  it('leave the lock to who was faster, where two found the former one stale', async () => {
    await leaveStaleLock();
    let faster: ExportLock | undefined;
    const slow = {
      ...files,
      // The former lock has been read when the next one is made.
      open: async (...given: Parameters<typeof files.open>) => {
        if (given[0] === `${lock}-next`) faster ??= await ExportLock.take(files, path);
        return files.open(...given);
      },
    };
    await assert.rejects(ExportLock.take(slow, path), busy);
    await faster!.verify();
    await faster!.release();
    assert.deepEqual(await files.readdir(folder), []);
  });

  it('leave it to a person where one was killed while it took over', async () => {
    await leaveStaleLock();
    await files.writeFile(`${lock}-next`, 'killed');
    await assert.rejects(LocalTarget.create(path), busy);
    await (await LocalTarget.create(path, true)).close();
    assert.deepEqual(await files.readdir(folder), ['leads.ndjson.dashly-part']);
  });

  it('cannot both take over the same stale lock', async () => {
    for (let round = 0; round < 20; round += 1) {
      await leaveStaleLock();
      const taken = await Promise.allSettled([1, 2, 3].map(() => LocalTarget.create(path)));
      const targets = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const good = await Promise.allSettled(targets.map((target) => target.keep('{}')));
      assert.equal(good.filter(({ status }) => status === 'fulfilled').length, 1);
      await Promise.all(targets.map((target) => target.close()));
    }
  });
});
