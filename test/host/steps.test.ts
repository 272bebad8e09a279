import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as vscode from 'vscode';
import { pickOrPress } from '../../src/editor/steps';
import { waitUntil } from '../vscode/condition';

describe('A step in which one item is picked', () => {
  afterEach(async () => {
    mock.restoreAll();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });

  const items = ['All leads', 'Many sessions', 'Paid'].map((label) => ({ label, alwaysShow: false }));

  /** Opens a step and presses Enter after `text` was typed, while what the items say is active does not match it. */
  async function enter(text: string, typed?: (text: string) => vscode.QuickPickItem): Promise<unknown> {
    let pick: vscode.QuickPick<vscode.QuickPickItem> | undefined;
    const { createQuickPick } = vscode.window;
    mock.method(vscode.window, 'createQuickPick', () => (pick = createQuickPick()));
    const moves: (string | undefined)[] = [];
    const chosen = pickOrPress<vscode.QuickPickItem>({
      title: 'Which?',
      placeholder: '',
      items: { items, onDidChange: () => ({ dispose: () => undefined }) },
      moved: (item) => moves.push(item?.label),
      ...(typed && { typed }),
    });
    await waitUntil('a row is active', () => moves.at(-1) === 'All leads');
    const known = new Promise((resolve) => pick!.onDidChangeValue(resolve));
    pick!.value = text;
    await known;
    await waitUntil('a row that matches is active', () => moves.at(-1) !== undefined && moves.at(-1) !== 'All leads');
    // As when a text is typed while new items are on their way.
    pick!.items = [...pick!.items];
    pick!.activeItems = items.slice(0, 1);
    await waitUntil('none is active', () => moves.at(-1) === undefined);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return chosen;
  }

  it('takes Enter for the first row that matches, when none is active because the items have just changed', async () => {
    assert.equal(await enter('sessions'), items[1]);
  });

  it('takes it for what was typed, where nothing else matches', async () => {
    const typed = (text: string): vscode.QuickPickItem => ({ label: `“${text}”`, alwaysShow: true });
    assert.deepEqual(await enter('nobody has this', typed), typed('nobody has this'));
  });
});
