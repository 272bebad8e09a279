import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { projectFolder } from '../vscode/folders';
import { openAlone, type LoneWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { exportTo } from './helpers/exportSteps';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

/** Not the one of the sample app, which stands in the extension's own code. */
const token = 'app.58236.q7Zk2vXw9LbT4mPdR8sYhG3n';

/** How a token may stand somewhere: as bytes that are never there by chance. */
const forms: readonly (readonly [string, Buffer])[] = [
  ['as it is', Buffer.from(token)],
  ['its secret part', Buffer.from('q7Zk2vXw9LbT4mPd')],
  ['in UTF-16', Buffer.from(token, 'utf16le')],
  ['in hexadecimal', Buffer.from(Buffer.from(token).toString('hex'))],
  ['backwards', Buffer.from(token).reverse()],
  // At each of the three places at which it can begin, without what its neighbours change.
  ...['', 'x', 'xx'].map((before) => {
    const text = Buffer.from(before + token).toString('base64');
    return [`in base64 after ${before.length} bytes`, Buffer.from(text.slice(4, -4))] as const;
  }),
];

function formIn(content: Buffer | string): string | undefined {
  const bytes = Buffer.from(content);
  return forms.find(([, form]) => bytes.includes(form))?.[0];
}

/** The files under a folder that hold the token. */
async function filesWithToken(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // A log or a lock may go while it is looked for.
    const form = formIn(await readFile(path).catch(() => Buffer.alloc(0)));
    if (form !== undefined) found.push(`${path}: ${form}`);
  }
  return found;
}

/** The processes of this machine whose arguments or environment hold the token. */
async function processesWithToken(): Promise<string[]> {
  const found: string[] = [];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const name of ['cmdline', 'environ']) {
      const form = formIn(await readFile(join('/proc', id, name)).catch(() => Buffer.alloc(0)));
      if (form !== undefined) found.push(`${name} of ${id}: ${form}`);
    }
  }
  return found;
}

/** VS Code runs each command at the keys of a chord that nothing else has. */
const prefixes = ['F7', 'F8'];
const keys = Array.from('abcdefghijklmnopqrstuvwxyz0123456789');

describe('After every command was run, a token', () => {
  let home: string;
  let folder: string;
  let alone: LoneWorkbench;
  let workbench: Workbench;
  let served: ServedApp;
  let chords: readonly (readonly string[])[];
  /** Requests that did not carry the token as they must. */
  const wrong: string[] = [];
  /** What the clipboard held after each command. */
  const copied = new Set<string>();

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'dashly-leads-sweep-'));
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-sweep-folder-'));
    served = await serveApp({ leads: 300, seed: 5 });
    const handle = served.api.handle.bind(served.api);
    served.api.handle = (request) => {
      const headers = new Headers(request.headers);
      // *Check Connection…* asks without it whether anything answers at the address.
      const carried = headers.get('authorization') ?? (new URL(request.url).pathname === '/' ? `Token ${token}` : '');
      if (carried !== `Token ${token}` || formIn(request.url)) wrong.push(request.url);
      headers.set('authorization', `Token ${served.api.token}`);
      return handle(new Request(request, { headers }));
    };
    const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')) as {
      contributes: { commands: { command: string }[] };
    };
    const commands = manifest.contributes.commands
      .map(({ command }) => command)
      // They end what the others need.
      .filter((command) => !/signOut|openSampleApp/.test(command));
    chords = commands.map((_, place) => [
      `Control+Shift+${prefixes[Math.floor(place / keys.length)]}`,
      keys[place % keys.length]!,
    ]);
    const bindings = commands.map((command, place) => ({
      key: chords[place]!.join(' ').toLowerCase().replace('control', 'ctrl'),
      command,
    }));
    await mkdir(join(home, 'User'), { recursive: true });
    await writeFile(join(home, 'User/keybindings.json'), JSON.stringify(bindings));
    alone = await openAlone({ home, folder, environment: { LOG_LEVEL: 'trace' } });
    ({ workbench } = alone);
    await connectApp(workbench, { server: { ...served.server, token } });
  });
  after(async () => {
    await alone.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('went only where it belongs, also while the service quotes it in its errors', async () => {
    const { notifications } = workbench;
    const card = new LeadCard(workbench);
    await card.openId(served.app.query()[0]!);
    await card.detailsRead();
    await exportTo(workbench, join(folder, 'every.ndjson'));
    await notifications.waitFor('Exported');
    const quoted = `${token} ${Buffer.from(token).toString('base64')} ${encodeURIComponent(token)}`;
    const quoting = fault.error('NotAuthenticated', `Bad token ${quoted}`, { [token]: [token] });
    const off = served.api.faults.add(quoting, { params: { offset: '147' } });
    await exportTo(workbench, join(folder, 'broken.ndjson'));
    await notifications.waitFor('Export stopped');
    off();
    await notifications.clear();
    await runAll();
    served.api.faults.add(quoting);
    await runAll();
    served.api.faults.clear();
    assert.ok(
      [...copied].some((text) => text.startsWith('curl ')),
      'the commands were run',
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual([...copied].filter(formIn), []);
  });

  it('is in nothing that the window shows, and in nothing that was written to a console', async () => {
    const frames = await Promise.all(workbench.page.frames().map((frame) => frame.content().catch(() => '')));
    assert.deepEqual(frames.map(formIn).filter(Boolean), []);
    const inputs = await workbench.page
      .locator('input, textarea')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    assert.deepEqual(inputs.map(formIn).filter(Boolean), []);
    assert.equal(formIn(workbench.consoleText), undefined);
    assert.equal(formIn(alone.server.output), undefined);
  });

  it('is in no storage of the browser, where it lies encrypted', async () => {
    const stored = await workbench.page.evaluate(`(async () => {
      const text = (value) => {
        if (typeof value === 'string') return value;
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
        return JSON.stringify(value) ?? '';
      };
      const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
      const all = [['cookies', document.cookie]];
      for (const storage of [localStorage, sessionStorage])
        for (const [key, value] of Object.entries(storage)) all.push(['storage ' + key, String(value)]);
      for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const objects = database.transaction(store).objectStore(store);
          const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
          keys.forEach((key, place) => all.push([name + ' ' + store + ' ' + text(key), text(values[place])]));
        }
        database.close();
      }
      return all;
    })()`);
    const places = stored as readonly (readonly [string, string])[];
    assert.ok(places.length > 10 && places.some(([place]) => place.includes('vscode-web-state-db')));
    assert.ok(places.some(([place, value]) => `${place}${value}`.includes('dashly-leads')));
    assert.deepEqual(
      places.filter(([place, value]) => formIn(place) ?? formIn(value)).map(([place]) => place),
      [],
    );
  });

  it('is in no file: user data, logs, storage, the folder, exports', async () => {
    assert.ok((await readdir(folder)).includes('every.ndjson'));
    const log = (await readdir(home, { recursive: true })).find((name) => name.endsWith('Dashly Leads.log'));
    assert.match(await readFile(join(home, log ?? ''), 'utf8'), /GET \/apps/, 'the log has all there is to say');
    assert.deepEqual(await filesWithToken(home), []);
    assert.deepEqual(await filesWithToken(folder), []);
    // What is looked for would be found.
    for (const [name, form] of forms) {
      const planted = join(folder, 'planted');
      await writeFile(planted, Buffer.concat([Buffer.from('before '), form]));
      assert.equal((await filesWithToken(folder)).length, 1, name);
      await rm(planted);
    }
  });

  it('is in no argument and no environment of a process', async function () {
    if (process.platform !== 'linux') this.skip();
    assert.deepEqual(await processesWithToken(), []);
  });

  /** Runs every command, and leaves what it opens. */
  async function runAll(): Promise<void> {
    const { page } = workbench;
    for (const chord of chords) {
      for (const key of chord) await page.keyboard.press(key);
      await leave();
      // A card may have the keyboard, and only a page that has it may look into the clipboard.
      await page.evaluate('window.focus()');
      copied.add(await workbench.clipboard());
    }
    await workbench.notifications.clear();
  }

  /** Leaves whatever asks something. */
  async function leave(): Promise<void> {
    const { page, quickInput } = workbench;
    await waitUntil('nothing is open that asks', async () => {
      if (!(await workbench.dialog().isVisible()) && !(await quickInput.widget.isVisible())) return true;
      await page.keyboard.press('Escape');
      return false;
    });
  }
});
