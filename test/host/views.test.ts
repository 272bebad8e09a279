import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { condition, filtersOf } from '../../src/dashly/conditions';
import { ExactNumber } from '../../src/dashly/json';
import { SavedViews } from '../../src/views/savedViews';

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('dashlyLeads');

async function write(views: unknown, target = vscode.ConfigurationTarget.Global): Promise<void> {
  await settings().update('views', views, target);
}

describe('The saved views', () => {
  let saved: SavedViews;
  const log = vscode.window.createOutputChannel('Saved views under test', { log: true });
  before(() => {
    saved = new SavedViews(log);
  });
  after(() => {
    log.dispose();
  });
  afterEach(async () => {
    await write(undefined);
    await write(undefined, vscode.ConfigurationTarget.Workspace);
  });

  const names = (): string[] => saved.all().map(({ view, scope }) => `${scope} ${view.name}`);
  const inSettings = (): unknown => settings().inspect('views')?.globalValue;

  it('are the user’s, then the workspace’s, of the same name or not', async () => {
    await saved.save({ name: 'Mine' }, 'user');
    await saved.save({ name: 'Ours' }, 'workspace');
    await saved.save({ name: 'Mine', sortOrder: 'asc' }, 'workspace');
    assert.deepEqual(names(), ['user Mine', 'workspace Ours', 'workspace Mine']);
    await saved.remove(saved.all()[2]!);
    assert.deepEqual(names(), ['user Mine', 'workspace Ours']);
  });

  it('take the place of one of the same name in the same place', async () => {
    await saved.save({ name: 'A' }, 'user');
    await saved.save({ name: 'B' }, 'user');
    await saved.save({ name: 'A', sortProp: '$sessions' }, 'user');
    assert.deepEqual(inSettings(), [{ name: 'A', sort_prop: '$sessions' }, { name: 'B' }]);
  });

  it('keep the digits of a number that JavaScript cannot hold', async () => {
    const filters = filtersOf('and', [condition.number('gt', 'order_id', new ExactNumber('12345678901234567890'))]);
    await saved.save({ name: 'Big', filters }, 'user');
    const [operand] = saved.all()[0]!.view.filters!.filters.map(({ value }) => value.value);
    assert.ok(operand instanceof ExactNumber);
    assert.equal(operand.text, '12345678901234567890');
  });

  it('leave what nobody can read in the settings, and what a person wrote beside it', async () => {
    await write([{ name: 7 }, 'text', { name: 'A' }]);
    assert.deepEqual(names(), ['user A']);
    await saved.rename(saved.all()[0]!, 'B');
    assert.deepEqual(inSettings(), [{ name: 7 }, 'text', { name: 'B' }]);
    await saved.remove(saved.all()[0]!);
    assert.deepEqual(inSettings(), [{ name: 7 }, 'text']);
  });

  it('are left out in one line of the log when 300 of them cannot be read, however often they are asked for', async () => {
    const lines: string[] = [];
    const logged = new SavedViews({ ...log, warn: (line: string) => void lines.push(line) });
    await write(Array.from({ length: 300 }, (_, place) => ({ name: place })));
    for (let times = 0; times < 5; times++) assert.deepEqual(logged.all(), []);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /and 299 more/);
  });

  it('written by hand with spaces around the name are renamed and removed', async () => {
    await write([{ name: ' A ' }, { name: 'C' }]);
    await saved.rename(saved.all()[0]!, 'B');
    assert.deepEqual(inSettings(), [{ name: 'B' }, { name: 'C' }]);
  });

  it('of one name, written twice by hand, are renamed and removed one by one', async () => {
    await write([{ name: 'A' }, { name: 'A', sort_order: 'asc' }]);
    await saved.rename(saved.all()[1]!, 'B');
    assert.deepEqual(inSettings(), [{ name: 'A' }, { name: 'B', sort_order: 'asc' }]);
    await saved.remove(saved.all()[0]!);
    assert.deepEqual(inSettings(), [{ name: 'B', sort_order: 'asc' }]);
  });

  it('of which the last is removed leave no setting behind', async () => {
    await saved.save({ name: 'A' }, 'user');
    await saved.remove(saved.all()[0]!);
    assert.equal(inSettings(), undefined);
  });
});
