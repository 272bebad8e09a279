import assert from 'node:assert/strict';
import { chmod, lstat, mkdtemp, readdir, readFile, readlink, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { exportTo } from './helpers/exportSteps';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('What lies beside the target of an export', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-interrupted-'));
    served = await serveApp({ leads: 730 });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => workbench.notifications.clear());

  /** Begins an export of every lead that breaks off in the middle, and says so. */
  async function stop(name: string): Promise<string> {
    const off = served.api.faults.add(fault.error('NotAuthenticated'), { params: { offset: '343' } });
    const path = join(folder, name);
    await exportTo(workbench, path, 'Every lead of this view');
    await workbench.notifications.waitFor(/Export stopped after 344 of 730 leads\. Resume it to finish/);
    off();
    return path;
  }

  /** The same, and nothing is chosen of what is offered then. */
  async function interrupt(name: string): Promise<string> {
    const path = await stop(name);
    await workbench.notifications.clear();
    assert.deepEqual(await beside(path), ['.dashly-export', '.dashly-part']);
    return path;
  }

  /** How the names go on that begin as a target's; the empty one is the target itself. */
  async function beside(path: string): Promise<string[]> {
    const name = basename(path);
    const names = await readdir(folder);
    return names
      .filter((other) => other.startsWith(name))
      .map((other) => other.slice(name.length))
      .sort();
  }

  /** What changes when a file is written to or replaced. */
  async function identity(path: string): Promise<readonly number[]> {
    const { ino, size, mtimeMs, ctimeMs } = await lstat(path);
    return [ino, size, mtimeMs, ctimeMs];
  }

  async function ids(path: string): Promise<string[]> {
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    return lines.map((line) => (JSON.parse(line) as { id: string }).id);
  }

  /** Answers the modal dialog by keyboard. */
  async function answer(button: string): Promise<void> {
    const { page } = workbench;
    // This one: another may follow at once.
    const dialog = await workbench.dialog().elementHandle();
    const focused = workbench.dialog().locator('.monaco-button:focus');
    await waitUntil(`the keyboard is on “${button}”`, async () => {
      const [text] = await focused.allInnerTexts();
      if (text?.trim() === button) return true;
      await page.keyboard.press('Tab');
      return false;
    });
    await page.keyboard.press('Enter');
    await dialog.waitForElementState('hidden');
  }

  /** Leaves the modal dialog by Escape. */
  async function leave(): Promise<void> {
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog().waitFor({ state: 'hidden' });
  }

  async function resume(name: string): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Resume Export…');
    await quickInput.opened('Resume Export');
    await quickInput.type(name);
    await quickInput.waitForRow('the export, active', ({ label, focused }) => label === name && focused);
    await quickInput.press('Enter');
    await quickInput.closed();
  }

  async function waitForEvery(path: string): Promise<void> {
    await workbench.notifications.waitForAnywhere(`Exported 730 leads to ${basename(path)}: every lead of the view.`);
    assert.deepEqual((await ids(path)).sort(), served.app.query().sort());
    assert.deepEqual(await beside(path), ['']);
  }

  it('is an interrupted export of every lead: it is not thrown away unasked by one of the loaded leads', async () => {
    const path = await interrupt('kept.ndjson');
    const part = await readFile(`${path}.dashly-part`);
    await exportTo(workbench, path, 'The loaded leads');
    assert.match(
      await workbench.dialogText(),
      /An export to “kept\.ndjson” was interrupted after 344 of 730 leads of 127\.0\.0\.1.*, with real contacts\.[^]*Resume it, or delete what it has and start over\?/,
    );
    await leave();
    assert.deepEqual(await beside(path), ['.dashly-export', '.dashly-part']);
    assert.deepEqual(await readFile(`${path}.dashly-part`), part);

    await exportTo(workbench, path, 'The loaded leads');
    await workbench.dialogText();
    await answer('Resume');
    await waitForEvery(path);
  });

  it('is thrown away when the person says so', async () => {
    const path = await interrupt('over.ndjson');
    await exportTo(workbench, path, 'The loaded leads');
    await workbench.dialogText();
    await answer('Start Over');
    await workbench.notifications.waitFor(/Exported 50 leads to over\.ndjson\./);
    assert.deepEqual(await ids(path), served.app.query().slice(0, 50));
    assert.deepEqual(await beside(path), ['']);
    await workbench.runCommand('Dashly Leads: Resume Export…');
    await workbench.notifications.waitFor('There is no export that can be resumed now.');
  });

  it('is resumed with another token only when the person says that it is the same app', async () => {
    const { quickInput } = workbench;
    const path = await interrupt('token.ndjson');
    const other = 'app.sample.another';
    const handle = served.api.handle.bind(served.api);
    served.api.handle = (request) => {
      const headers = new Headers(request.headers);
      if (headers.get('authorization') === `Token ${other}`) {
        headers.set('authorization', `Token ${served.api.token}`);
      }
      return handle(new Request(request, { headers }));
    };
    const replaceToken = async (token: string): Promise<void> => {
      await workbench.runCommand('Dashly Leads: Replace Token…');
      await quickInput.opened(/^Replace the Token of/);
      await quickInput.fill(token);
      await quickInput.accept();
      await workbench.notifications.waitFor(/The token of .* is replaced/);
      await workbench.notifications.clear();
    };
    await replaceToken(other);
    const before = served.api.requests.length;
    await resume('token.ndjson');
    assert.match(
      await workbench.dialogText(),
      /was begun with another token or on another machine[^]*Go on only if it is the same app\./,
    );
    await leave();
    assert.equal(served.api.requests.length, before, 'nothing was asked for');
    assert.deepEqual(await beside(path), ['.dashly-export', '.dashly-part']);

    await resume('token.ndjson');
    await workbench.dialogText();
    await answer('Resume');
    await waitForEvery(path);
    await workbench.notifications.clear();
    await replaceToken(served.api.token);
    served.api.handle = handle;
  });

  it('is a lock that looks alive: nothing is written unless the person says that nobody writes there', async () => {
    const path = join(folder, 'locked.ndjson');
    // This process is alive, and the file has just been changed.
    const lock = JSON.stringify({ host: hostname(), process: process.pid, lock: 'x' });
    await writeFile(`${path}.dashly-lock`, lock);
    await exportTo(workbench, path, 'The loaded leads');
    assert.match(await workbench.dialogText(), /is being written already[^]*its lock was left behind and can be taken/);
    await leave();
    assert.deepEqual(await beside(path), ['.dashly-lock']);
    assert.equal(await readFile(`${path}.dashly-lock`, 'utf8'), lock);

    await exportTo(workbench, path, 'The loaded leads');
    await workbench.dialogText();
    await answer('Write Anyway');
    await workbench.notifications.waitFor(/Exported 50 leads to locked\.ndjson\./);
    assert.deepEqual(await beside(path), ['']);
  });

  it('is a lock that looks alive: it is asked for when an interrupted export is resumed, too', async () => {
    const path = await interrupt('resumed.ndjson');
    await writeFile(`${path}.dashly-lock`, JSON.stringify({ host: hostname(), process: process.pid, lock: 'x' }));
    await resume('resumed.ndjson');
    assert.match(await workbench.dialogText(), /is being written already/);
    await answer('Write Anyway');
    await waitForEvery(path);
  });

  it('is a lock that looks alive: it is asked for when the partial file is deleted, too', async () => {
    const path = await stop('deleted.ndjson');
    await writeFile(`${path}.dashly-lock`, JSON.stringify({ host: hostname(), process: process.pid, lock: 'x' }));
    await workbench.notifications.click(/Export stopped after/, 'Delete Partial File');
    assert.match(await workbench.dialogText(), /is being written already/);
    await answer('Delete Anyway');
    await waitUntil('nothing is left', async () => (await beside(path)).length === 0);
  });

  it('is a state that was not written here: it is not believed, and not deleted unasked', async () => {
    const others: Readonly<Record<string, (state: string) => Promise<void>>> = {
      'cut.ndjson': (state) => writeFile(state, '{"version":2,"app":{"key":"'),
      'older.ndjson': (state) => writeFile(state, '{"version":1}'),
      'empty.ndjson': (state) => writeFile(state, ''),
      'link.ndjson': (state) => symlink('/etc/hostname', state),
      'large.ndjson': async (state) => {
        await writeFile(state, '{');
        await truncate(state, 17 * 1024 * 1024);
      },
    };
    for (const [name, write] of Object.entries(others)) {
      const path = join(folder, name);
      await write(`${path}.dashly-export`);
      const before = await identity(`${path}.dashly-export`);
      await exportTo(workbench, path, 'The loaded leads');
      assert.match(await workbench.dialogText(), /is not as it was written: it cannot be resumed/, name);
      await leave();
      assert.deepEqual(await identity(`${path}.dashly-export`), before, name);
      assert.deepEqual(await beside(path), ['.dashly-export'], name);

      await exportTo(workbench, path, 'The loaded leads');
      await workbench.dialogText();
      await answer('Start Over');
      await workbench.notifications.waitFor(`Exported 50 leads to ${name}.`);
      assert.deepEqual(await beside(path), [''], name);
      await workbench.notifications.clear();
    }
  });

  it('is a file that is read-only: it is replaced only when the person says so', async () => {
    const path = join(folder, 'read-only.ndjson');
    await writeFile(path, 'old');
    await chmod(path, 0o444);
    await exportTo(workbench, path, 'The loaded leads');
    assert.match(await workbench.dialogText(), /“read-only\.ndjson” is read-only\. Replace it\?/);
    await leave();
    assert.equal(await readFile(path, 'utf8'), 'old');

    await exportTo(workbench, path, 'The loaded leads');
    await workbench.dialogText();
    await answer('Replace');
    await workbench.notifications.waitFor(/Exported 50 leads to read-only\.ndjson\./);
    assert.deepEqual(await ids(path), served.app.query().slice(0, 50));
  });

  it('is a link under the target’s own name: it is refused, and what it leads to stays', async () => {
    const [path, real] = [join(folder, 'linked.ndjson'), join(folder, 'real.txt')];
    await writeFile(real, 'old');
    await symlink(real, path);
    await exportTo(workbench, path, 'The loaded leads');
    await workbench.notifications.waitFor(/There is a link with that name, which an export does not replace/);
    assert.deepEqual([await readFile(real, 'utf8'), await readlink(path)], ['old', real]);
  });

  it('is asked about when contacts are masked and it has real ones', async () => {
    const path = await interrupt('masked.ndjson');
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await workbench.statusBarItem('Contacts masked').waitFor();
    const before = served.api.requests.length;
    await resume('masked.ndjson');
    assert.match(await workbench.dialogText(), /The interrupted export carries real names/);
    await leave();
    // A masked export to the same name says what is different, and asks for real contacts all the same.
    await exportTo(workbench, path, 'Every lead of this view', 'NDJSON', 'Masked contacts');
    assert.match(await workbench.dialogText(), /with real contacts\. You chose masked ones just now\./);
    await answer('Resume');
    assert.match(await workbench.dialogText(), /The interrupted export carries real names/);
    await leave();
    assert.deepEqual(served.api.requests.slice(before), [], 'nothing was asked for');
    assert.deepEqual(await beside(path), ['.dashly-export', '.dashly-part']);

    await resume('masked.ndjson');
    await workbench.dialogText();
    await answer('Use Real Data');
    await waitForEvery(path);
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
  });
});
