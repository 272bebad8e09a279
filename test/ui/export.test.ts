import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { exportTo } from './helpers/exportSteps';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('Exporting leads', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-export-'));
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

  const ids = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);

  it('writes every lead of the view, and says so in exact numbers', async () => {
    const path = join(folder, 'every.ndjson');
    await exportTo(workbench, path);
    await workbench.notifications.click(/Exported 730 leads to every\.ndjson: every lead of the view\./, 'Copy Path');
    await waitUntil('the path is in the clipboard', async () => (await workbench.clipboard()) === path);
    assert.deepEqual(ids(await readFile(path, 'utf8')), served.app.query());
    assert.deepEqual(await readdir(folder), ['every.ndjson']);
  });

  it('stops when the token is revoked, keeps what it has, and goes on from there', async () => {
    const off = served.api.faults.add(fault.error('NotAuthenticated'), { params: { offset: '343' } });
    const path = join(folder, 'revoked.ndjson');
    await exportTo(workbench, path);
    await workbench.notifications.waitFor(
      /does not accept the token.* Export stopped after 344 of 730 leads\. Resume it to finish revoked\.ndjson\./,
    );
    off();
    await workbench.notifications.click(/Export stopped after/, 'Resume');
    await workbench.notifications.waitForAnywhere(/Exported 730 leads to revoked\.ndjson: every lead of the view\./);
    assert.deepEqual(ids(await readFile(path, 'utf8')).sort(), served.app.query().sort());
    assert.ok(!(await readdir(folder)).some((name) => name.includes('dashly-')));
  });

  it('writes the loaded leads as CSV', async () => {
    const path = join(folder, 'loaded.csv');
    await exportTo(workbench, path, 'The loaded leads', 'CSV');
    await workbench.notifications.click(/Exported 50 leads to loaded\.csv\./, 'Open File');
    await workbench.waitForTab('with the file', ({ label }) => label === 'loaded.csv');
    const csv = await readFile(path, 'utf8');
    assert.deepEqual(
      [...csv.matchAll(/^(\d+),(?:online|idle|offline),/gm)].map(([, id]) => id),
      served.app.query().slice(0, 50),
    );
  });
});
