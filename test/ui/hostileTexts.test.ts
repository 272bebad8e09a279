import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { isBlank, singleLine } from '../../src/leads/text';
import { fault } from '../service/faults';
import { hostileTexts } from '../service/hostileTexts';
import type { Locator } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { exportTo } from './helpers/exportSteps';
import { type DeadEnd, openDeadEnd, watchForHarm } from './helpers/harm';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

const texts = [...new Set(hostileTexts.map(({ text }) => text))];
/** Those that can be a name: there is something to see. */
const names = texts.filter((text) => !isBlank(text));
/** One text of many kinds, for surfaces that show one at a time. */
const mixed =
  '[x](command:workbench.action.quit) $(trash) <img src=x onerror=alert(1)> **b** `c` https://evil.example/ a\u202eb';
const longestViewName = 60;

/** What is not a character cannot travel between processes: half a pair becomes the sign for that. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
/** A text as it is seen: without what keeps it apart from its neighbours, or from being read as more than a text. */
const seen = (text: string): string =>
  wellFormed(text)
    .replace(/[\u2068\u2069\u200b]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const filtered = 'Filtered by a hostile text';

describe('Hostile texts in the running workbench', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let folder: string;
  let card: LeadCard;
  let deadEnd: DeadEnd;
  let harm: () => Promise<readonly string[]>;
  /** In the order of the list: the lead that has all texts as values, the one that has them as names, one for each text. */
  let ids: readonly string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-hostile-'));
    served = await serveApp({ leads: 0, special: false });
    const at = (place: number): string => new Date(Date.UTC(2030, 0, 1) - place * 1000).toISOString().slice(0, 19);
    const add = (place: number, props: Record<string, string>): string =>
      served.app.add({ ...props, $last_seen: at(place) });
    ids = [
      add(0, { $name: mixed, $email: mixed, $avatar: mixed, $city: mixed, $user_id: 'values', ...numbered(texts) }),
      add(1, { $name: 'All Names', $user_id: 'names', ...named(names) }),
      ...texts.map((text, place) => add(place + 2, { $name: text, city: text, $user_id: `text-${place}` })),
    ];
    deadEnd = await openDeadEnd();
    workbench = await openWorkbench({
      settings: {
        'http.proxy': deadEnd.address,
        'workbench.hover.delay': 0,
        'dashlyLeads.views': [
          ...names.map((text) => ({ name: text.slice(0, longestViewName) })),
          // What no lead has: the line above the rows tells the filter, and the rows are all there.
          { name: filtered, filters: [{ type: 'str_neq', property_name: mixed, value: { value: mixed } }] },
        ],
      },
    });
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
    harm = await watchForHarm(workbench);
    await workbench.leads.clickTitleAction('Load All Leads');
    await workbench.leads.waitForCount(ids.length);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    deadEnd.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await workbench.notifications.clear();
    assert.deepEqual(await harm(), []);
    assert.equal(deadEnd.connections(), 0, 'somebody was asked for');
  });

  it('are themselves in the rows of the tree and in a tooltip', async () => {
    const { leads, page } = workbench;
    const rows = await leads.allRows();
    assert.equal(rows.length, ids.length);
    for (const [place, text] of texts.entries()) {
      const { label, ariaLabel } = rows[place + 2]!;
      if (!isBlank(text)) assert.equal(seen(label), seen(singleLine(text)));
      assert.ok(seen(ariaLabel).includes(seen(label)), JSON.stringify(ariaLabel));
    }
    await leads.toStart();
    await leads
      .rowAt(0)
      .locator('.label-name')
      .hover({ position: { x: 4, y: 8 } });
    const hover = page.locator('.workbench-hover:visible');
    await waitUntil('the tooltip is there', async () =>
      seen((await hover.textContent({ timeout: 1000 })) ?? '').includes(seen(`E-mail: ${singleLine(mixed)}`)),
    );
    assert.equal(await strangers(hover), 0);
  });

  it('are themselves on a card and in its tab, as values and as names', async () => {
    await card.openId(ids[0]!);
    await card.detailsRead();
    await workbench.waitForTab(
      'of the card',
      ({ label }) => label !== '' && seen(singleLine(mixed)).startsWith(seen(label).replace(/…$/, '')),
    );
    assert.equal(seen((await card.frame.locator('h1').textContent()) ?? ''), seen(singleLine(mixed)));
    const values = await properties(texts.length);
    for (const [place, text] of texts.entries()) {
      const shown = values.get(`v${place}`);
      // A long text is cut; the button beside it shows the rest.
      if (!isBlank(text)) assert.equal(shown?.slice(0, 400), text.slice(0, 400));
    }
    assert.equal(await strangers(card.frame.locator('main')), 0);
    const policy = await card.frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    for (const rule of ["default-src 'none'", "base-uri 'none'", "form-action 'none'"])
      assert.ok(policy?.includes(rule));

    await card.openId(ids[1]!);
    await card.detailsRead();
    const shown = await properties(names.length);
    for (const [place, name] of names.entries()) assert.equal(shown.get(name), `named ${place}`);
    assert.equal(await strangers(card.frame.locator('main')), 0);
  });

  it('are themselves in the JSON document of a lead, as values and as names', async () => {
    const { leads } = workbench;
    await leads.toStart();
    for (const [place, id] of ids.slice(0, 2).entries()) {
      await leads.clickContextMenu(leads.rowAt(place), 'Open Lead JSON');
      await workbench.waitForTab('of the document', ({ label, active }) => active && label.endsWith('.json'));
      const sent = JSON.parse(served.app.json(id)!) as object;
      assert.deepEqual(JSON.parse(await workbench.editorText()), sent);
      await workbench.runCommand('View: Close All Editors');
    }
  });

  it('are themselves in the rows of a search', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.opened(/^Search Leads of/);
    await quickInput.fill('text-');
    await quickInput.opened(/\d+ of \d+ matches/);
    await waitForLabels(names.slice(0, 40).map((text) => singleLine(text)));
    await quickInput.fill(mixed);
    await quickInput.waitForRow('the lead', ({ label }) => seen(label) === seen(singleLine(mixed)));
    assert.equal(await strangers(quickInput.rowLocator.locator('.label-name, .label-description')), 0);
    await quickInput.cancel();
  });

  it('are themselves in the picks of properties and of views, and in the prompt for a value', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Switch View…');
    await quickInput.opened('Switch View');
    await waitForLabels(names.map((name) => singleLine(name.slice(0, longestViewName).trim(), longestViewName)));
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Filter…');
    await quickInput.opened('(1/3)');
    await waitForLabels(names.map((name) => singleLine(name, 80)));
    // VS Code shows a description once more at hover, as Markdown.
    await quickInput.fill('evil');
    // The rows are filtered a moment later.
    await quickInput.waitForRow('what was typed', ({ label, focused }) => focused && label === '“evil”');
    const address = quickInput.rowLocator.locator('.label-description', { hasText: /^<https:\W*evil/ });
    await address.first().hover();
    await workbench.page.locator('.monaco-hover:visible', { hasText: /https:\W*evil/ }).waitFor();
    await workbench.page.mouse.move(0, 0);
    await quickInput.fill(mixed);
    await quickInput.waitForRow('the name', ({ label, focused }) => focused && seen(label).includes('[x](command'));
    await quickInput.accept();
    await quickInput.opened('(2/3)');
    await quickInput.type('contains');
    await quickInput.waitForRow('the condition', ({ label, focused }) => focused && label.startsWith('contains'));
    await quickInput.accept();
    await quickInput.opened('(3/3)');
    assert.equal(await strangers(quickInput.widget.locator('.quick-input-title, .quick-input-message')), 0);
    await quickInput.cancel();
  });

  it('are themselves in what VS Code says of a filter, and in what an export says of the service', async () => {
    const { notifications, page } = workbench;
    await workbench.runCommand('Dashly Leads: Edit Filter as JSON');
    await workbench.waitForTab('of the filter', ({ label, active }) => active && label === 'view.leads-filter.json');
    await workbench.setClipboard(JSON.stringify([{ type: mixed, property_name: 'a' }]));
    await workbench.editor().locator('.view-lines').click();
    for (const key of ['a', 'v', 's']) await page.keyboard.press(`ControlOrMeta+${key}`);
    await untouched(await notifications.waitFor('The filter is not applied'));
    await workbench.runCommand('File: Revert File');
    await workbench.runCommand('View: Close All Editors');

    const off = served.api.faults.add(fault.error('ValidationError', mixed));
    await exportTo(workbench, join(folder, 'refused.ndjson'));
    await untouched(await notifications.waitFor('The service'));
    off();
  });

  it('are themselves in the line above the rows, as a filter', async () => {
    const { leads, quickInput } = workbench;
    const line = workbench.page.locator('.tree-explorer-viewlet-tree-view .message:visible').first();
    await workbench.runCommand('Dashly Leads: Switch View…');
    await quickInput.opened('Switch View');
    await quickInput.type(filtered);
    await quickInput.waitForRow('the view', ({ label, focused }) => label === filtered && focused);
    await quickInput.accept();
    await quickInput.closed();
    await leads.waitForMessage(filtered);
    // Sorted otherwise it is no longer that view, and the line tells the conditions.
    await workbench.runCommand('Dashly Leads: Sort Leads By…');
    await quickInput.opened('Sort Leads By');
    await quickInput.type('$user_id');
    await quickInput.waitForRow('the property, active', ({ label, focused }) => label === 'User ID' && focused);
    await quickInput.accept();
    await quickInput.pick('A to Z');
    await quickInput.closed();
    await waitUntil('the line tells the filter', async () =>
      seen((await line.textContent({ timeout: 1000 })) ?? '').includes('[x](command:workbench.action.quit) $(trash)'),
    );
    assert.equal(await strangers(line), 0);
    await workbench.runCommand('Dashly Leads: Show All Leads');
    await leads.waitForCount(51);
  });

  it('are themselves in exported files', async () => {
    const [lines, table] = [join(folder, 'hostile.ndjson'), join(folder, 'hostile.csv')];
    await exportTo(workbench, lines);
    await workbench.notifications.waitFor(`Exported ${ids.length} leads`);
    const records = (await readFile(lines, 'utf8')).trimEnd().split('\n');
    const byId = new Map(
      records.map((line) => JSON.parse(line) as { id: string }).map((record) => [record.id, record]),
    );
    for (const id of ids) assert.deepEqual(byId.get(id), JSON.parse(served.app.json(id)!));

    await workbench.notifications.clear();
    await exportTo(workbench, table, 'Every lead of this view', 'CSV');
    await workbench.notifications.waitFor(`Exported ${ids.length} leads`);
    const [columns = [], ...rows] = parse(await readFile(table, 'utf8'));
    for (const [place, text] of texts.entries()) {
      const cell = rows.find(([id]) => id === ids[place + 2])?.[columns.indexOf('city')];
      // A CSV holds no U+0000, UTF-8 no half of a pair; an apostrophe stands before what could be a formula.
      const held = wellFormed(text.replaceAll('\0', '\ufffd'));
      assert.ok([held, `'${held}`].includes(cell ?? ''), JSON.stringify([text, cell]));
    }
  });

  /** Collects the labels of a pick, by scrolling, until all of these were among them. */
  async function waitForLabels(wanted: readonly string[]): Promise<void> {
    const { quickInput } = workbench;
    const missing = new Set(wanted.map(seen));
    const collect = async (): Promise<boolean> => {
      for (const { label } of await quickInput.rows()) missing.delete(seen(label));
      if (missing.size === 0) return true;
      await quickInput.press('PageDown');
      return false;
    };
    // Seven rows a page, and a pick of hundreds is drawn anew for each count that comes in.
    await waitUntil('all texts were in the pick', collect, 10_000 + wanted.length * 100).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; missing: ${JSON.stringify([...missing].slice(0, 20))}`);
    });
    assert.equal(await strangers(quickInput.rowLocator.locator('.label-name, .label-description')), 0);
  }

  /** A message that holds the mixed text holds no link and no icon. */
  async function untouched(toast: Locator): Promise<void> {
    const message = toast.locator('.notification-list-item-message');
    assert.ok(seen((await message.textContent()) ?? '').includes('[x](command:workbench.action.quit) $(trash)'));
    assert.equal(await strangers(message), 0);
  }

  /** The texts of the properties on the card, by the name the API has for them. */
  async function properties(least: number): Promise<Map<string, string>> {
    const rows = card.frame.locator('.property');
    await waitUntil('all properties are on the card', async () => (await rows.count()) >= least);
    const found = await rows.evaluateAll((elements) =>
      elements.map((row) => {
        const cell = row.querySelectorAll('vscode-data-grid-cell')[1];
        const value = cell?.querySelector('.text') ?? cell;
        return [(row as HTMLElement).dataset.key?.replace(/^prop:/, '') ?? '', value?.textContent ?? ''] as const;
      }),
    );
    return new Map(found);
  }
});

/** How many elements there are that none of our texts makes where only texts are. */
function strangers(texts: Locator): Promise<number> {
  return texts
    .locator('a, img, .codicon:not(vscode-button .codicon), script, iframe, object, embed, form, video, audio, style')
    .count();
}

function numbered(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, place) => [`v${place}`, value]));
}

function named(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(given.map((name, place) => [name, `named ${place}`]));
}
