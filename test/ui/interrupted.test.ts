import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench, server } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { exportTo } from './helpers/exportSteps';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

const count = 730;
/** How many requests the extension makes at once at most: the setting's default. */
const concurrency = 4;

describe('After a reload of the window, or a crash of the extension host, in the middle of it', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-interrupted-'));
    served = await serveApp({ leads: count, special: false });
    workbench = await openWorkbench({ settings: { 'files.autoSave': 'off' } });
    await connectApp(workbench, served);
    await workbench.notifications.clear();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => served.api.faults.clear());

  const reload = (): Promise<void> => workbench.reload();
  const crash = (): void => server().crashExtensionHosts();

  /**
   * Ends the extension while requests that `start` causes are not answered, and waits until the leads are there again.
   * @param requests how many are answered before, and how many are made at once then: with all of them under way, an
   * extension that lives on for a moment can send no other
   */
  async function endDuring(
    end: () => Promise<void> | void,
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
    await end();
    await waitUntil('the connections are closed', () => open === 0);
    await workbench.leads.open();
    await workbench.leads.waitForCount(51);
    await waitUntil('the list is read anew', () => api.requests.length > before);
    assert.deepEqual(
      api.requests.slice(before).map(({ params }) => params.offset),
      ['0'],
      'what was under way goes on',
    );
    // That the host has crashed, VS Code says itself.
    const said = (await workbench.notifications.texts()).filter((text) => !/extension host/i.test(text));
    assert.deepEqual(said, []);
    await workbench.notifications.clear();
  }

  async function loadAll(): Promise<void> {
    await workbench.leads.clickTitleAction('Load All Leads');
  }

  it('a card is read and leads are loaded', async function () {
    if (process.platform !== 'linux') this.skip();
    const card = new LeadCard(workbench);
    const open = async (): Promise<void> => {
      const { label } = await workbench.leads.waitForRow('a second lead', ({ index }) => index === 1);
      await card.open(label);
    };
    await endDuring(
      crash,
      async () => {
        await open();
        await loadAll();
      },
      { answered: 0, unanswered: concurrency },
    );
    await open();
    await card.detailsRead();
  });

  it('all leads can be loaded', async () => {
    await endDuring(reload, loadAll, { answered: 3, unanswered: concurrency });
    await loadAll();
    await workbench.leads.waitForCount(count);
  });

  it('an export goes on, and again after it was resumed, without repeating or losing a lead, and nothing of it is left', async () => {
    const { quickInput, notifications } = workbench;
    const path = join(folder, 'every.ndjson');
    await endDuring(
      reload,
      async () => {
        await exportTo(workbench, path);
        await waitUntil('what to go on from is kept', () => existsSync(`${path}.dashly-export`));
      },
      { answered: 9, unanswered: concurrency },
    );
    const resume = async (): Promise<void> => {
      await workbench.runCommand('Dashly Leads: Resume Export…');
      await quickInput.opened('Resume Export');
      await quickInput.pick('every.ndjson');
    };
    if (process.platform === 'linux') await endDuring(crash, resume, { answered: 3, unanswered: concurrency });
    await resume();
    await notifications.waitForAnywhere(/Exported 730 leads to every\.ndjson: every lead of the view\./);
    const ids = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    assert.deepEqual(ids.sort(), served.app.query().sort());
    assert.deepEqual(await readdir(folder), ['every.ndjson']);
  });

  it('a filter that is being written can be saved', async () => {
    const { page } = workbench;
    const filters = {
      type: 'and',
      filters: [{ type: 'gt', property_name: '$sessions', value: { value: 30 } }],
    } as const;
    const isUnsaved = ({ label, dirty }: { label: string; dirty: boolean }): boolean =>
      label === 'view.leads-filter.json' && dirty;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Dashly Leads: Edit Filter as JSON');
    await workbench.waitForTab('of the filter', ({ label, active }) => active && label === 'view.leads-filter.json');
    await workbench.setClipboard(JSON.stringify(filters));
    await workbench.editor().locator('.view-lines').click();
    for (const key of ['a', 'v']) await page.keyboard.press(`ControlOrMeta+${key}`);
    await workbench.waitForTab('that is not saved', isUnsaved);
    await waitUntil('VS Code has kept what is not saved', async () => {
      const backups = join(server().home, 'User/Backups');
      const names = await readdir(backups, { recursive: true }).catch(() => []);
      const kept = names.filter((name) => name.includes('dashly-leads-filter'));
      // Its folder is there before it is.
      const texts = kept.map((name) => readFile(join(backups, name), 'utf8').catch(() => ''));
      return (await Promise.all(texts)).some((text) => text.includes('$sessions'));
    });
    await waitUntil('VS Code has kept which editors are open', () => workbench.keeps('view.leads-filter.json'), 90_000);
    await workbench.reload();
    await workbench.waitForTab('that is not saved', isUnsaved);
    await workbench.leads.open();
    await workbench.leads.waitForRows();
    await workbench.editor().locator('.view-lines').click();
    await page.keyboard.press('ControlOrMeta+s');
    await workbench.leads.waitForCount(Math.min(51, served.app.query({ filters }).length));
    await workbench.waitForTab('that is saved', ({ label, dirty }) => label === 'view.leads-filter.json' && !dirty);
    assert.deepEqual(await workbench.notifications.texts(), []);
  });
});
