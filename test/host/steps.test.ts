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

  it('takes Enter for the first row that matches, when none is active because the items have just changed', async () => {
    const items = ['All leads', 'Many sessions', 'Paid'].map((label) => ({ label }));
    let pick: vscode.QuickPick<vscode.QuickPickItem> | undefined;
    const { createQuickPick } = vscode.window;
    mock.method(vscode.window, 'createQuickPick', () => (pick = createQuickPick()));
    const moves: (string | undefined)[] = [];
    const chosen = pickOrPress<vscode.QuickPickItem>({
      title: 'Which?',
      placeholder: '',
      items: { items, onDidChange: () => ({ dispose: () => undefined }) },
      moved: (item) => moves.push(item?.label),
    });
    await waitUntil('a row is active', () => moves.at(-1) === 'All leads');
    const typed = new Promise((resolve) => pick!.onDidChangeValue(resolve));
    pick!.value = 'sessions';
    await typed;
    await waitUntil('the row that matches is active', () => moves.at(-1) === 'Many sessions');
    // As when a text is typed while new items are on their way: what they say is active does not match it.
    pick!.items = [...items];
    pick!.activeItems = items.slice(0, 1);
    await waitUntil('none is active', () => moves.at(-1) === undefined);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(await chosen, items[1]);
  });
});
