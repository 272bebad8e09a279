import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import type { Lead } from '../../src/dashly/lead';
import type { Parts } from '../../src/editor/commands';
import { createLog } from '../../src/editor/errors';
import { exporting as exportFeature } from '../../src/export';
import { namesBeside } from '../../src/export/besideFiles';
import type { ExportErrorKind } from '../../src/export/exportError';
import { chooseExport, type ExportChoice } from '../../src/export/exportSteps';
import { exportChosen } from '../../src/export/exportChosen';
import { LocalTarget } from '../../src/export/localTarget';
import { InterruptedExports, resumeExport } from '../../src/export/resumeExport';
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

  it('keeps in mind every interrupted export that may still be there, and no other', async () => {
    const [planned, away, odd, gone] = [
      join(folder, 'planned.ndjson'),
      join(folder, 'a drive that is away', 'away.ndjson'),
      join(folder, 'odd.ndjson'),
      join(folder, 'gone.ndjson'),
    ];
    const target = await LocalTarget.create(planned);
    await mkdir(namesBeside(odd).state);
    const interrupted = new InterruptedExports(exporting.context.globalState);
    for (const path of [...interrupted.paths]) await interrupted.remove(path);
    for (const path of [gone, odd, away, planned]) await interrupted.add(path);
    await resumeExport(exporting, new AbortController().signal);
    assert.deepEqual(interrupted.paths, [planned, away, odd]);
    await target.close();
    await resumeExport(exporting, new AbortController().signal);
    assert.deepEqual(
      interrupted.paths,
      [planned, away, odd],
      'one that ended before its first lead has its partial file',
    );
  });

  const failures: readonly (readonly [string, () => Error, ExportErrorKind, RegExp])[] = [
    ['no permission', () => vscode.FileSystemError.NoPermissions(), 'noPermission', /may not write there/],
    ['no connection', () => vscode.FileSystemError.Unavailable(), 'file', /cannot be reached/],
    ['no folder', () => vscode.FileSystemError.FileNotFound(), 'targetGone', /folder of the export is gone/],
    ['a folder of its name', () => vscode.FileSystemError.FileIsADirectory(), 'badTarget', /a folder with that name/],
    ['an error of its own', () => new Error('quota of ada@example.com'), 'file', /could not be written/],
  ];
  for (const [what, error, kind, message] of failures)
    it(`says what another file system refuses, though it deletes nothing either: ${what}`, async () => {
      const files = new MemoryFiles();
      const refuse = (): never => {
        throw error();
      };
      mock.method(files, 'rename', refuse);
      mock.method(files, 'delete', () => {
        throw vscode.FileSystemError.Unavailable();
      });
      const registered = vscode.workspace.registerFileSystemProvider('dashly-export-refused', files);
      const { leads } = await parts.current.connection!.client.listLeads(
        { offset: 0, limit: 3 },
        new AbortController().signal,
      );
      const uri = vscode.Uri.parse('dashly-export-refused:/leads.ndjson');
      try {
        for (const step of ['rename', 'writeFile'] as const) {
          mock.method(files, step, refuse);
          await assert.rejects(run({ ...every, leads }, uri), { name: 'ExportError', kind, message });
        }
      } finally {
        registered.dispose();
        mock.restoreAll();
      }
    });

  it('offers to connect an app where none is connected', async () => {
    const shown = mock.method(vscode.window, 'showInformationMessage', () => Promise.resolve(undefined));
    const feature = exportFeature({ ...exporting, current: { query: {} } } as unknown as Parts);
    await feature.commands.export();
    shown.mock.restore();
    assert.deepEqual(shown.mock.calls[0]?.arguments, ['Connect an app to export its leads.', 'Connect an App…']);
  });

  it('remembers the chosen properties, but none whose name holds a contact', async () => {
    const properties = ['plan', 'ask ada@example.com', '+7 916 123-45-67'];
    const lead = { id: '1', presence: 'offline', props: Object.fromEntries(properties.map((name) => [name, '1'])) };
    const current = { list: { leads: [lead], total: 1 } };
    kept.set('lastExport', { format: 'csv', properties });
    const picks: vscode.QuickPick<vscode.QuickPickItem>[] = [];
    const { createQuickPick } = vscode.window;
    mock.method(vscode.window, 'createQuickPick', () => {
      const pick = createQuickPick();
      picks.push(pick);
      return pick;
    });
    try {
      let choice: ExportChoice | undefined;
      const chosen = chooseExport({ ...exporting, current } as unknown as Parts, []).then((one) => (choice = one));
      for (let step = 0; step < 4; step++) {
        await waitUntil('the step is there', () =>
          [picks[step]?.activeItems, picks[step]?.selectedItems].some((items) => items?.length),
        );
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      }
      await chosen;
      assert.deepEqual([...(choice?.format.properties ?? [])].sort(), [...properties].sort());
      assert.deepEqual(kept.get('lastExport'), { format: 'csv', properties: ['plan'] });
    } finally {
      mock.restoreAll();
    }
  });
});
