import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator, Locator } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { cacheFolder } from '../vscode/folders';
import { openAlone, type LoneWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { readTexts, russianFile } from '../localize/texts';
import { escapeRegExp } from '../vscode/quickInput';
import { LeadCard } from './helpers/leadCard';

/** The English texts that are others in Russian, each with anything in its places. */
function englishTexts(): RegExp[] {
  const [english, russian] = [readTexts('package.nls.json'), readTexts('package.nls.ru.json')];
  const pairs = [
    ...Object.entries(readTexts(russianFile)),
    ...Object.keys(english).map((key): [string, string] => [english[key] ?? '', russian[key] ?? '']),
  ];
  return (
    pairs
      .filter(([text, translated]) => text !== translated)
      .flatMap(([text]) => text.split(/[|\n]/))
      // Of a few letters and a place for anything, half of VS Code's own texts would be one.
      .filter((text) => text.replace(/\{\w+\}|[^A-Za-z]/g, '').length > 4)
      .map(
        (text) =>
          new RegExp(
            `^${text
              .split(/\{\w+\}/)
              .map(escapeRegExp)
              .join('.+')}$`,
          ),
      )
  );
}

/** Whatever is read of an element: its texts, and what a screen reader and the mouse are told. */
async function wordsOf(element: Locator): Promise<string[]> {
  return element.evaluate((root) => {
    const words: string[] = [];
    for (const node of [root, ...root.querySelectorAll('*')]) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE && node.tagName !== 'SCRIPT' && node.tagName !== 'STYLE')
          words.push(child.textContent ?? '');
      }
      // The newest VS Code calls the actions of a row "Actions for …" itself.
      if (node.matches('.actions-container')) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-description'])
        words.push(node.getAttribute(name) ?? '');
    }
    return words.map((word) => word.trim()).filter(Boolean);
  });
}

describe('In Russian', () => {
  let alone: LoneWorkbench;
  let workbench: Workbench;
  const english = englishTexts();

  /** Nothing of the extension is in English. What VS Code adds in English is not the extension's. @param name of a picture */
  async function assertRussian(element: Locator, name: string): Promise<void> {
    await workbench.screenshot(join(cacheFolder, 'russian', `${name}.png`));
    const words = await wordsOf(element);
    assert.ok(words.some((word) => /[а-яё]/i.test(word)));
    assert.deepEqual(
      words.filter((word) => english.some((text) => text.test(word))),
      [],
    );
  }

  before(async () => {
    alone = await openAlone({ language: 'ru' });
    ({ workbench } = alone);
    await workbench.leads.open();
  });
  after(() => alone.close());

  it('a person is told how to begin', async () => {
    await workbench.leads.waitForWelcome('Подключить приложение…');
    await assertRussian(workbench.leads.welcome.first(), 'welcome');
  });

  it('reads the list of the sample app', async () => {
    await workbench.runCommand('Dashly Leads: Открыть пример приложения');
    await workbench.leads.waitForRows();
    await workbench.leads.waitForMessage(/12\u00a0345 лидов/);
    await assertRussian(workbench.leads.container, 'list');
  });

  it('reads a card, with its dates and numbers as Russians write them', async () => {
    const card = new LeadCard(workbench);
    const [row] = await workbench.leads.waitForRows();
    assert.ok(row);
    await workbench.leads.select(workbench.leads.rowAt(row.index));
    await card.waitForName(row.label);
    await card.frame.getByText('Свойства', { exact: false }).first().waitFor();
    const frame: FrameLocator = card.frame;
    await waitUntil('a date in Russian', async () =>
      /\d{1,2} \p{Script=Cyrillic}{3,4}\.? \d{4}/u.test(await frame.locator('body').innerText()),
    );
    await assertRussian(frame.locator('body'), 'card');
  });

  it('finds a lead, filters and exports', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Поиск лидов…');
    await quickInput.fill('example');
    await waitUntil('rows', async () => (await quickInput.rows()).length > 0);
    await assertRussian(quickInput.widget, 'search');
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Фильтр…');
    await waitUntil('rows', async () => (await quickInput.rows()).length > 0);
    await assertRussian(quickInput.widget, 'filter');
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Экспорт лидов…');
    await waitUntil('rows', async () => (await quickInput.rows()).length > 0);
    await assertRussian(quickInput.widget, 'export');
    await quickInput.cancel();
  });
});
