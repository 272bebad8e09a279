import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import type { ActivatedParts } from '../../src/parts';
import { eventProperty } from '../../src/leads/properties';
import { singleLine } from '../../src/leads/text';
import { eventTypes } from '../../src/sample/leadHistory';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

const token = 'app.59012.0123456789abcdef0123456789abcdef';
const source = `dashly.identify({ email: user.email, plan: 'free' });
dashly.auth(user.id, hash);
// dashly.track('in a comment')
dashly.track('Order completed', { sum: 5 });
dashly.track('Order complete');
dashly.track('');
`;

describe('Calls in source files', () => {
  let parts: ActivatedParts;
  let document: vscode.TextDocument;
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    const connection = await waitUntil('the sample app is connected', () => parts.current.connection);
    parts.current.setQuery({});
    await parts.features();
    await parts.current.list?.loadMore();
    parts.names.learn(connection.key, { events: [{ id: '35', name: 'Order completed' }] });
    await waitUntil('the name is known', () => parts.names.events.size > 0);
    document = await vscode.workspace.openTextDocument({ language: 'typescript', content: source });
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await setting('code.lens', undefined);
    await setting('code.problems', undefined);
    await setting('code.clients', undefined);
    parts.current.setQuery({});
    await activatedParts();
  });

  const setting = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('dashlyLeads').update(name, value, vscode.ConfigurationTarget.Global);
  const lenses = async (of = document): Promise<vscode.CodeLens[]> =>
    (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', of.uri)).filter(
      ({ command }) => command?.command === 'dashlyLeads.showLeadsWith',
    );
  const titles = async (of = document): Promise<unknown[]> =>
    (await lenses(of)).map(({ range, command }) => [of.getText(range), command?.title]);
  const placeOf = (text: string, of = document): vscode.Position => of.positionAt(of.getText().indexOf(text) + 1);
  async function hover(text: string): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(text),
    );
    const shown = hovers
      .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
      .join('\n');
    return shown.replace(/\\(?=[!-/:-@[-`{-~])/g, '');
  }
  const marked = (of = document): string[] =>
    vscode.languages
      .getDiagnostics(of.uri)
      .filter((one) => one.source === 'Dashly Leads')
      .map(({ range, message, severity }) => {
        assert.equal(severity, vscode.DiagnosticSeverity.Information);
        return `${of.getText(range)}: ${message}`;
      });

  it('have a link to their leads above them, which counts them once it was followed, and not before', async () => {
    assert.deepEqual(await titles(), [
      ['email', 'Leads with “email”'],
      ['plan', 'Leads with “plan”'],
      [`'Order completed'`, 'Leads with this event'],
      [`'Order complete'`, 'Leads with this event'],
    ]);
    const lens = (await lenses())[2]!;
    await vscode.commands.executeCommand(lens.command!.command, ...(lens.command!.arguments as unknown[]));
    assert.deepEqual(parts.current.query.filters?.filters, [
      { type: 'known', property_name: '$event_35_count', value: {} },
    ]);
    const list = parts.current.list!;
    await list.loadMore();
    assert.ok(list.total! > 0 && list.leads.every(({ props }) => props.$event_35_count !== undefined));
    const counted = `${list.total!.toLocaleString('en')} leads with this event`;
    await waitUntil('the lens says how many', async () => JSON.stringify(await titles()).includes(counted));
    assert.match(await hover(`'Order completed'`), /Sample App has it: [\d,]+ leads\./);
  });

  it('learn what an event is called from leads, when somebody asks for it', async () => {
    parts.current.setQuery({});
    await parts.current.list?.loadMore();
    const ids = parts.current.list!.leads.flatMap(({ props }) =>
      Object.keys(props).flatMap((name) => eventProperty(name)?.eventId ?? []),
    );
    const unnamed = ids.find((id) => !parts.names.events.has(id))!;
    const { name } = eventTypes.find(({ id }) => String(id) === unnamed)!;
    await vscode.commands.executeCommand('dashlyLeads.showLeadsWith', { kind: 'event', name });
    const property = `$event_${unnamed}_count`;
    assert.deepEqual(parts.current.query.filters?.filters, [{ type: 'known', property_name: property, value: {} }]);
    assert.equal(parts.masking.propertyTitle(property), singleLine(`${name}, count`, 80));
  });

  it('are explained where the cursor is', async () => {
    assert.match(await hover(`'Order completed'`), /An event of your own/);
    assert.match(await hover(`'Order complete'`), /Nearly what Sample App has:[^]*```plaintext\nOrder completed/);
    assert.match(await hover('email'), /Nearly what the service itself has:[^]*\$email/);
    // TypeScript has words of its own.
    for (const elsewhere of [`'in a comment'`, 'sum'])
      assert.doesNotMatch(await hover(elsewhere), /of your own|the service itself/);
  });

  it('are completed with the names of the app and of the service', async () => {
    const at = placeOf(`'Order completed'`);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('Order completed') && labels.includes('$order_completed'));
  });

  it('are marked where something looks wrong, and not when that is switched off', async () => {
    await waitUntil('problems are marked', () => marked().length > 3);
    const [found] = [marked().join('\n')];
    for (const expected of [
      /dashly\.identify: “identify” stands before “auth”/,
      /^email: .*nearly “\$email”/m,
      /'Order complete': .*nearly “Order completed”, which Sample App has/,
      /'': An event needs a name/,
    ])
      assert.match(found, expected);
    await setting('code.problems', false);
    await waitUntil('nothing is marked', () => marked().length === 0);
    await setting('code.problems', undefined);
    await waitUntil('problems are marked again', () => marked().length > 3);
  });

  it('have no links when that is switched off, and links by other names that are set', async () => {
    const other = await vscode.workspace.openTextDocument({
      language: 'html',
      content: `<a onclick="crm.track('x')">dashly</a>`,
    });
    assert.deepEqual(await titles(other), []);
    await setting('code.clients', ['crm', 5, 'no name']);
    await waitUntil('the other name is known', async () => (await titles(other)).length === 1);
    await setting('code.lens', false);
    await waitUntil('there are no links', async () => (await titles()).length === 0);
    await setting('code.lens', undefined);
  });

  it('have the token of the API beside them marked, in any open file, until it is gone', async () => {
    const file = await vscode.workspace.openTextDocument({ language: 'plaintext', content: `TOKEN=${token}\n` });
    await waitUntil('the token is marked', () => marked(file).length > 0);
    assert.match(marked(file).join(), /^app\.59012\..*: This opens all of the app’s leads/);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file.uri, new vscode.Range(0, 0, 0, 200), 'TOKEN=');
    await vscode.workspace.applyEdit(edit);
    await waitUntil('nothing is marked', () => marked(file).length === 0);
  });
});
