import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import type { Lead } from '../../src/dashly/lead';
import type { Parts } from '../../src/editor/commands';
import { createLog } from '../../src/editor/errors';
import type { ExportChoice } from '../../src/export/exportSteps';
import { exportChosen } from '../../src/export/exportLeads';
import { InterruptedExports } from '../../src/export/resumeExport';
import type { ActivatedParts } from '../../src/parts';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';
import { MemoryFiles } from './helpers/memoryFiles';

type Record = Pick<Lead, 'id' | 'presence' | 'props'>;

const every: ExportChoice = { leads: undefined, format: { format: 'ndjson' }, masked: false };
const phones = { filters: { type: 'and', filters: [{ type: 'known', property_name: '$phone', value: {} }] } } as const;

describe('An export in the extension host', function () {
  this.timeout(120_000);
  let parts: ActivatedParts;
  let exporting: Parts;
  let folder: string;
  const kept = new Map<string, unknown>();
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
    const memento: vscode.Memento = {
      keys: () => [...kept.keys()],
      get: <T>(key: string, other?: T) => (kept.get(key) ?? other) as T,
      update: (key, value) => Promise.resolve(void kept.set(key, value)),
    };
    exporting = { ...parts, log: createLog(), context: { globalState: memento } as unknown as vscode.ExtensionContext };
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-export-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  after(() => activatedParts());

  function run(
    choice: ExportChoice,
    uri: vscode.Uri,
    query = {},
    ending = new AbortController().signal,
  ): Promise<void> {
    const { connection } = parts.current;
    assert.ok(connection);
    return exportChosen(exporting, { connection, query }, choice, uri, ending);
  }

  const records = (text: string): Record[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record);

  async function total(query = {}): Promise<number> {
    const page = await parts.current.connection?.client.listLeads(
      { ...query, offset: 0, limit: 1 },
      new AbortController().signal,
    );
    return page?.total ?? NaN;
  }

  it('writes every lead of a view beyond 10,000 to a local file', async () => {
    const path = join(folder, 'every.ndjson');
    await writeFile(path, 'old');
    await run(every, vscode.Uri.file(path));
    const ids = records(await readFile(path, 'utf8')).map(({ id }) => id);
    assert.equal(ids.length, 12_345);
    assert.equal(new Set(ids).size, 12_345);
    assert.deepEqual(await readdir(folder), ['every.ndjson']);
    assert.deepEqual(new InterruptedExports(exporting.context.globalState).paths, []);
  });

  it('writes to another file system through workspace.fs, as a whole and under its name at the end', async () => {
    const files = new MemoryFiles();
    const registered = vscode.workspace.registerFileSystemProvider('dashly-export-test', files);
    try {
      const uri = vscode.Uri.parse('dashly-export-test:/phones.ndjson');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('old'));
      await run(every, uri, phones);
      assert.equal(records(files.text('/phones.ndjson')).length, await total(phones));
      assert.deepEqual(files.names, ['/phones.ndjson']);
      assert.deepEqual(files.writtenTo('/phones.ndjson'), 1, 'only the old content was written under that name');
    } finally {
      registered.dispose();
    }
  });

  it('writes pseudonyms when a masked file is asked for, and the chosen properties only', async () => {
    parts.masking.set(true);
    try {
      const path = join(folder, 'masked.ndjson');
      const properties = ['$name', '$phone', '$last_seen'];
      await run(
        { leads: undefined, format: { format: 'ndjson', properties }, masked: true },
        vscode.Uri.file(path),
        phones,
      );
      const masked = records(await readFile(path, 'utf8'));
      assert.equal(masked.length, await total(phones));
      const client = parts.current.connection!.client;
      const real = (await client.listLeads({ ...phones, offset: 0, limit: 50 }, new AbortController().signal)).leads;
      const text = JSON.stringify(masked);
      for (const { id, props } of real) {
        const written = masked.find((one) => one.id === id);
        assert.ok(written && Object.keys(written.props).every((name) => properties.includes(name)));
        assert.ok(Object.hasOwn(written.props, '$last_seen'));
        assert.ok(typeof props.$phone === 'string' && !text.includes(props.$phone), 'no phone number is in the file');
      }
    } finally {
      parts.masking.set(false);
    }
  });

  it('writes given leads as a table', async () => {
    const client = parts.current.connection!.client;
    const { leads } = await client.listLeads({ offset: 0, limit: 3 }, new AbortController().signal);
    const path = join(folder, 'three.csv');
    await run({ leads, format: { format: 'csv', properties: ['$name'] }, masked: false }, vscode.Uri.file(path));
    const text = await readFile(path, 'utf8');
    assert.ok(text.startsWith('id,presence,$name\r\n'));
    assert.deepEqual(
      [...text.matchAll(/^(\d+),/gm)].map(([, id]) => id),
      leads.map(({ id }) => id),
    );
  });

  it('leaves the old file when the window ends, and remembers what to go on with', async () => {
    const path = join(folder, 'ended.ndjson');
    await writeFile(path, 'old');
    const ending = new AbortController();
    const running = run(every, vscode.Uri.file(path), {}, ending.signal);
    await waitUntil('it is under way', async () => (await readdir(folder)).includes('ended.ndjson.dashly-export'));
    ending.abort();
    await running;
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.deepEqual((await readdir(folder)).sort(), [
      'ended.ndjson',
      'ended.ndjson.dashly-export',
      'ended.ndjson.dashly-part',
    ]);
    assert.deepEqual(new InterruptedExports(exporting.context.globalState).paths, [path]);
  });
});
