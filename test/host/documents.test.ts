import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import { stringifyJson } from '../../src/dashly/jsonWriter';
import type { Lead } from '../../src/dashly/lead';
import type { ActivatedParts } from '../../src/parts';
import { leadElement } from '../../src/leads/leadElement';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

describe('The JSON of leads', () => {
  let parts: ActivatedParts;
  let leads: readonly Lead[];
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
    await parts.current.list?.loadMore();
    leads = parts.current.list?.leads ?? [];
    assert.ok(leads.length >= 3);
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  after(() => activatedParts());

  /** Runs a command as the tree does: on one row, with all selected ones. */
  const run = (name: string, ...about: Lead[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`dashlyLeads.${name}`, leadElement(about[0]!), about.map(leadElement));

  async function openDocument(): Promise<vscode.TextDocument> {
    return waitUntil('a document of a lead is in front', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'dashly-lead' && document;
    });
  }

  /** A lead with an e-mail address and without a name. */
  const nameless = (): Lead =>
    leads.find(({ props }) => typeof props.$email === 'string' && typeof props.$name !== 'string')!;

  it('copies ids one a line, and several leads as an array', async () => {
    const [first, second] = [leads[0]!, leads[1]!];
    await run('copyId', first, second);
    assert.equal(await vscode.env.clipboard.readText(), `${first.id}\n${second.id}`);
    await run('copyJson', first, second);
    assert.equal(await vscode.env.clipboard.readText(), stringifyJson([first.record, second.record], 2));
    await run('copyJson', first);
    assert.equal(await vscode.env.clipboard.readText(), stringifyJson(first.record, 2));
  });

  it('opens an untitled JSON document', async () => {
    await run('copyJsonToNewEditor', leads[0]!);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document.languageId, 'json');
    assert.equal(document.getText(), stringifyJson(leads[0]!.record, 2));
  });

  it('inserts at the cursor with the indentation of its line', async () => {
    // Not an untitled document: VS Code gives it the name of the one that was just closed, and on a busy machine its text.
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'insert.txt');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('    here'));
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 4, 0, 8);
    await run('insertJson', leads[0]!);
    assert.equal(document.getText(), `    ${stringifyJson(leads[0]!.record, 2).replaceAll('\n', '\n    ')}`);
  });

  it('opens a read-only document that follows the lead', async () => {
    const lead = leads[2]!;
    await run('openJson', lead);
    const document = await openDocument();
    assert.equal(document.getText(), stringifyJson(lead.record, 2));
    assert.equal(document.languageId, 'json');
    assert.equal(vscode.workspace.fs.isWritableFileSystem('dashly-lead'), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(document.uri, new Uint8Array()));
    const record = { ...lead.record, presence: 'changed by the test' };
    parts.current.list?.update({ id: lead.id, presence: 'changed by the test', props: lead.props, record });
    await waitUntil('the document has changed', () => document.getText() === stringifyJson(record, 2));
    assert.equal(document.isDirty, false);
  });

  it('says nothing about a lead in the address of its document but its name and id', async () => {
    const lead =
      leads.find(({ props }) => typeof props.$email === 'string' && typeof props.$name !== 'string') ?? leads[0]!;
    await run('openJson', lead);
    const { uri } = await openDocument();
    const address = decodeURIComponent(uri.toString());
    for (const contact of ['$email', '$phone', '$user_id']) {
      const value = lead.props[contact];
      if (typeof value === 'string') assert.ok(!address.includes(value), contact);
    }
    assert.ok(address.includes(lead.id));
  });

  it('compares what a card has read with what the list gave before, under a title without contacts', async () => {
    const lead = nameless();
    const props = { ...lead.props, note: 'read by the card' };
    const record = { id: lead.id, presence: lead.presence, props };
    parts.seen.fire({
      account: parts.current.connection!.key,
      lead: { id: lead.id, presence: lead.presence, props, record },
    });
    await run('compareWithEarlier', lead);
    const tab = await waitUntil('a comparison is in front', () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputTextDiff && activeTab;
    });
    assert.ok(tab.label.includes(`Lead ${lead.id}`) && !tab.label.includes(lead.props.$email as string), tab.label);
    assert.match(tab.label, /: \w{3} \d+, \d{4}, \d+:\d\d:\d\d\s[AP]M \S+ ↔ now$/);
    const { original, modified } = tab.input as vscode.TabInputTextDiff;
    const texts = await Promise.all(
      [original, modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
    );
    assert.deepEqual(
      texts.map((text) => (JSON.parse(text) as Lead).props.note),
      [undefined, 'read by the card'],
    );
  });

  it('gives no document for an address that was made up', async () => {
    const uri = vscode.Uri.from({
      scheme: 'dashly-lead',
      path: '/x.json',
      query: '{"account":"x","id":"../../secret"}',
    });
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri));
  });

  it('says in our words, in the document, why it cannot be read', async () => {
    const query = JSON.stringify({ account: parts.current.connection!.key, id: '404' });
    const uri = vscode.Uri.from({ scheme: 'dashly-lead', path: '/x.json', query });
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(JSON.parse(text) as string, /^The service knows nothing with this id/);
  });

  it('closes, as a comparison does, when its app is left', async () => {
    await run('openJson', leads[0]!);
    await openDocument();
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    await run('compareWithEarlier', nameless());
    const tabs = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await waitUntil('both are open', () => tabs().length >= 2);
    await parts.store.remove(sampleAccount);
    await waitUntil('no lead is on the screen', () => tabs().length === 0);
  });

  it('that is a conversation is read once, until its tab is closed or its app is left', async () => {
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
    const connection = parts.current.connection!;
    const asked: AbortSignal[] = [];
    const client = Object.create(connection.client, {
      getConversationParts: {
        value: (_id: string, _query: unknown, signal: AbortSignal) => {
          asked.push(signal);
          return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
        },
      },
    }) as typeof connection.client;
    parts.current.setConnection({ ...connection, client });
    const leave = [
      () => vscode.commands.executeCommand('workbench.action.closeActiveEditor'),
      async () => parts.store.remove(sampleAccount),
    ];
    for (const [place, left] of leave.entries()) {
      void vscode.commands.executeCommand('dashlyLeads.openConversation', leadElement(leads[0]!), '7');
      await waitUntil('the conversation is being read', () => asked.length > place);
      await waitUntil('its tab is there', () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('conversation'),
      );
      assert.equal(asked[place]?.aborted, false);
      await left();
      await waitUntil('it is read no more', () => asked[place]?.aborted);
      assert.equal(asked.length, place + 1);
    }
  });
});
