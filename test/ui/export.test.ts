import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { answer, exportTo, saveAs } from './helpers/exportSteps';
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

  it('is asked for in steps that lead back, and offers first what was chosen last', async () => {
    const { quickInput } = workbench;
    const first = async (): Promise<string | undefined> => (await quickInput.rows())[0]?.label;
    await workbench.runCommand('Dashly Leads: Export Leads…');
    await quickInput.opened('(1/3)');
    await answer(workbench, 'Which leads?', 'Every lead of this view');
    await answer(workbench, 'Which format?', 'NDJSON');
    await quickInput.opened('(3/3)');
    await quickInput.clickTitleButton('Back');
    await quickInput.opened('(2/3)');
    await quickInput.clickTitleButton('Back');
    await answer(workbench, 'Which leads?', 'The loaded leads');
    await answer(workbench, 'Which format?', 'CSV');
    await answer(workbench, 'Which properties?', 'Choose…');
    const sessions = quickInput.rowLocator.filter({ hasText: '$sessions' });
    await waitUntil('the properties are there', async () => (await quickInput.placeholder()).includes('documented'));
    await quickInput.clickTitleButton('Back');
    await answer(workbench, 'Which properties?', 'Choose…');
    await quickInput.type('$sessions');
    await sessions.click();
    await quickInput.accept();
    const path = join(folder, 'chosen.csv');
    await saveAs(workbench, path);
    await workbench.notifications.waitFor(/Exported 50 leads to chosen\.csv\./);
    const [header = ''] = (await readFile(path, 'utf8')).split('\r\n');
    assert.match(header, /,\$sessions(,|$)/);
    assert.doesNotMatch(header, /revenue/);

    await workbench.runCommand('Dashly Leads: Export Leads…');
    await answer(workbench, 'Which leads?', 'The loaded leads');
    await quickInput.opened('(2/3)');
    await waitUntil('the format is offered first', async () => (await first())?.startsWith('CSV'));
    await quickInput.accept();
    await quickInput.opened('(3/3)');
    await waitUntil('the choice is offered first', async () => (await first()) === 'Choose…');
    await quickInput.accept();
    await quickInput.type('$sessions');
    await waitUntil('the property is chosen', async () => (await sessions.locator('.checked').count()) > 0);
    await quickInput.cancel();
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
