import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { exportTo } from './helpers/exportSteps';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

const count = 730;
/** How many requests the extension makes at once at most: the setting's default. */
const concurrency = 4;

describe('After a reload of the window in the middle of it', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-interrupted-'));
    served = await serveApp({ leads: count, special: false });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => served.api.faults.clear());

  /**
   * Reloads the window while requests that `start` causes are not answered, and waits until the leads are there again.
   * @param requests how many are answered before, and how many are made at once then: with all of them under way, an
   * extension that lives on for a moment can send no other
   */
  async function reloadDuring(
    start: () => Promise<void>,
    requests: { readonly answered: number; readonly unanswered: number },
  ): Promise<void> {
    const { api } = served;
    let left = requests.answered;
    let open = 0;
    const silence = fault.silence();
    const off = api.faults.add(async (request, answer) => {
      if (left-- > 0) return answer();
      open++;
      try {
        return await silence(request, answer);
      } finally {
        open--;
      }
    });
    await start();
    await waitUntil('the requests are under way', () => open === requests.unanswered);
    // The list that is read anew gets its answers.
    off();
    const before = api.requests.length;
    await workbench.reload();
    await waitUntil('the connections are closed', () => open === 0);
    await workbench.leads.open();
    await workbench.leads.waitForCount(51);
    await waitUntil('the list is read anew', () => api.requests.length > before);
    assert.deepEqual(
      api.requests.slice(before).map(({ params }) => params.offset),
      ['0'],
      'what was under way goes on',
    );
    assert.deepEqual(await workbench.notifications.texts(), []);
  }

  async function loadAll(): Promise<void> {
    await workbench.leads.clickTitleAction('Load All Leads');
  }

  it('all leads can be loaded', async () => {
    await reloadDuring(loadAll, { answered: 3, unanswered: concurrency });
    await loadAll();
    await workbench.leads.waitForCount(count);
  });

  it('an export goes on without repeating or losing a lead, and nothing of it is left', async () => {
    const { quickInput, notifications } = workbench;
    const path = join(folder, 'every.ndjson');
    await reloadDuring(
      async () => {
        await exportTo(workbench, path);
        await waitUntil('what to go on from is kept', () => existsSync(`${path}.dashly-export`));
      },
      { answered: 9, unanswered: concurrency },
    );
    await workbench.runCommand('Dashly Leads: Resume Export…');
    await quickInput.opened('Resume Export');
    await quickInput.pick('every.ndjson');
    await notifications.waitFor(/Exported 730 leads to every\.ndjson: every lead of the view\./);
    const ids = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    assert.deepEqual(ids.sort(), served.app.query().sort());
    assert.deepEqual(await readdir(folder), ['every.ndjson']);
  });
});
