import assert from 'node:assert/strict';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesBeside, readSmallFile } from '../../../src/export/besideFiles';
import { ExportError } from '../../../src/export/exportError';
import { proposedFileName } from '../../../src/export/fileNames';
import { LocalTarget } from '../../../src/export/localTarget';

const rows = new TextEncoder().encode('{"id":"1"}\n');
const nothing = { append: new Uint8Array() };

describe('Files beside a target, which anybody may have put there', () => {
  let folder: string;
  let path: string;
  let victim: string;
  beforeEach(async () => {
    folder = await files.mkdtemp(join(tmpdir(), 'dashly-beside-'));
    path = join(folder, 'leads.ndjson');
    victim = join(folder, 'victim');
    await files.writeFile(victim, 'precious', { mode: 0o644 });
  });
  afterEach(async () => {
    assert.equal(await files.readFile(victim, 'utf8'), 'precious');
    assert.equal((await files.stat(victim)).mode & 0o777, 0o644);
    await files.rm(folder, { recursive: true, force: true });
  });

  const makers: Readonly<Record<string, (name: string) => Promise<void>>> = {
    'a symbolic link': (name) => files.symlink(victim, name),
    'a link to nothing': (name) => files.symlink(join(folder, 'nowhere'), name),
    'a hard link': (name) => files.link(victim, name),
  };
  for (const [kind, make] of Object.entries(makers)) {
    it(`are not written through: ${kind}`, async () => {
      const { part, state } = namesBeside(path);
      await make(part);
      await make(state);
      await assert.rejects(LocalTarget.reopen(path, 0), { name: 'ExportError', kind: 'notResumable' });
      await assert.rejects(LocalTarget.readState(path), { name: 'ExportError', kind: 'notResumable' });
      const target = await LocalTarget.create(path);
      await target.append(rows);
      await target.keep('{}');
      assert.equal((await files.lstat(part)).mode & 0o777, 0o600);
      assert.equal((await files.lstat(state)).mode & 0o777, 0o600);
      await target.finish(nothing);
      await target.close();
      assert.deepEqual((await files.readdir(folder)).sort(), ['leads.ndjson', 'victim']);
    });
  }

  it('are not read beyond what a state can be', async () => {
    const { state } = namesBeside(path);
    const handle = await files.open(state, 'w');
    await handle.truncate(2 ** 40).finally(() => handle.close());
    await assert.rejects(LocalTarget.readState(path), { kind: 'notResumable' });
  });

  it('are read whole though another process replaces them just then', async () => {
    const { state } = namesBeside(path);
    await files.writeFile(state, 'earlier');
    const fresh = join(folder, 'fresh');
    await files.writeFile(fresh, 'later');
    const replacing = {
      ...files,
      open: async (...of: Parameters<typeof files.open>) => {
        const handle = await files.open(...of);
        await files.rename(fresh, state);
        return handle;
      },
    };
    assert.equal(((await readSmallFile(replacing, state, 100, true)) as { text: string }).text, 'earlier');
    assert.equal(await LocalTarget.readState(path), 'later');
  });

  it('take nobody in by another file under the name of the partial one', async () => {
    const target = await LocalTarget.create(path);
    await target.append(rows);
    await files.unlink(namesBeside(path).part);
    await files.symlink(victim, namesBeside(path).part);
    await assert.rejects(target.keep('{}'), { kind: 'targetGone' });
    await assert.rejects(target.finish(nothing), { kind: 'targetGone' });
    await target.close();
  });

  it('are all gone after a finish and after a discard, those of a killed one too', async () => {
    const left = `${path}.dashly-${crypto.randomUUID()}~`;
    for (const end of ['finish', 'discard'] as const) {
      const target = await LocalTarget.create(path);
      await target.append(rows);
      await target.keep('{}');
      await files.writeFile(left, 'left');
      if (end === 'finish') {
        await target.finish({ rewrite: (given) => given as AsyncIterable<Uint8Array> });
      }
      await target.close();
      if (end === 'discard') {
        await LocalTarget.discard(path);
      }
      assert.deepEqual((await files.readdir(folder)).sort(), ['leads.ndjson', 'victim']);
    }
  });

  it('say that a file was finished when the program ended just after it had got its name', async () => {
    for (const ending of [nothing, { rewrite: (given: unknown) => given as AsyncIterable<Uint8Array> }]) {
      const target = await LocalTarget.create(path);
      await target.append(rows);
      const finished: { file: string; size: number }[] = [];
      await target.finish(ending, (one) => {
        finished.push(one);
        return '{}';
      });
      await target.close();
      const [one] = finished;
      assert.ok(one && (await LocalTarget.isFinished(path, one)));
      await files.writeFile(path, 'changed since');
      assert.ok(!(await LocalTarget.isFinished(path, one)));
    }
  });

  it("never replace a link, a folder or a pipe that has the target's name", async () => {
    await files.symlink(victim, path);
    await assert.rejects(LocalTarget.create(path), { kind: 'badTarget' });
    await files.unlink(path);
    await files.mkdir(path);
    await assert.rejects(LocalTarget.create(path), { kind: 'badTarget' });
    await files.rmdir(path);
    const target = await LocalTarget.create(path);
    await files.symlink(victim, path);
    await assert.rejects(target.finish(nothing), { kind: 'badTarget' });
    await target.close();
    assert.ok((await files.lstat(path)).isSymbolicLink());
    await files.unlink(path);
    await files.writeFile(path, 'old', { mode: 0o444 });
    assert.equal(await LocalTarget.kind(path), 'readOnlyFile');
  });

  it('need room in a name, and it is said when there is none', async () => {
    const long = join(folder, `${'n'.repeat(245)}.csv`);
    await assert.rejects(
      LocalTarget.create(long),
      (error) => error instanceof ExportError && error.kind === 'badTarget',
    );
  });
});

describe('The name that is proposed for an export', () => {
  it('has the date of the person, not that of the machine the extension runs on', () => {
    const moment = Date.parse('2026-01-31T20:00:00Z');
    for (const [zone, day] of [
      ['America/New_York', '2026-01-31'],
      ['Asia/Tokyo', '2026-02-01'],
      ['Pacific/Kiritimati', '2026-02-01'],
    ] as const) {
      assert.equal(proposedFileName('Shop', 'csv', moment, zone), `Shop-leads-${day}.csv`);
    }
  });

  it('is of the day where the person is, and one that every file system takes', () => {
    const late = new Date(2026, 0, 31, 23, 59).getTime();
    assert.equal(proposedFileName('Shop & Co.', 'csv', late), 'Shop-Co-leads-2026-01-31.csv');
    for (const name of ['', '...', 'CON', 'aux', '../../etc', 'é'.repeat(300), '😀'.repeat(90), 'a\u0000b', ' - ']) {
      const proposed = proposedFileName(name, 'json', late);
      assert.match(proposed, /leads-2026-01-31\.json$/);
      assert.doesNotMatch(proposed, /^(con|aux)[.-]|^[-.]|[/\\:*?"<>|\u0000]/i);
      assert.ok(Buffer.byteLength(proposed) < 255 - '.dashly-export'.length - 40);
    }
  });
});
