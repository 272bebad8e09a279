import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import { parseFilters } from '../../src/dashly/filterJson';
import { parseJson } from '../../src/dashly/jsonReader';
import { stringifyJson } from '../../src/dashly/jsonWriter';
import type { ActivatedParts } from '../../src/parts';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

const uri = vscode.Uri.parse('dashly-leads-filter:/view.leads-filter.json');

/** Texts that are wrong in one place, and where: what VS Code underlines, once. */
const wrong: readonly (readonly [text: string, underlined: string])[] = [
  ['{"type":"nor","filters":[]}', '"nor"'],
  ['{"type":"and","filters":5}', '5'],
  ['[{"type":"gte","property_name":"$sessions","value":{"value":5}}]', '"gte"'],
  ['[{"type":"known","property_name":""}]', '""'],
  ['[{"type":"and","filters":[]}]', '[]'],
  ['[{"type":"gt","property_name":"a","value":{"value":"five"}}]', '"five"'],
  ['[{"type":"gt","property_name":"a","value":{"value":true}}]', 'true'],
  ['[{"type":"range","property_name":"a","value":{"value1":3,"value2":2}}]', '2'],
  ['[{"type":"str_eq","property_name":"a","value":{"value":5}}]', '5'],
  ['[{"type":"daysmore","property_name":"a","value":{"value":5,"unit":"years"}}]', '"years"'],
  ['[{"type":"daysmore","property_name":"a","value":{"value":-5}}]', '-5'],
  ['[{"type":"after","property_name":"a","value":{"date":"2030-02-31"}}]', '"2030-02-31"'],
  ['[{"type":"after","property_name":"a","value":{"date":"soon"}}]', '"soon"'],
  ['[5]', '5'],
];

const good: readonly string[] = [
  '[]',
  '{"type":"or","filters":[{"type":"range","property_name":"a","value":{"value1":"2","value2":3.5}}]}',
  '[{"cls":"prop","type":"daysless","property_name":"$last_seen","value":{"value":"30"}},{"type":"known","property_name":"own"}]',
  '[{"type":"before_or_unknown","property_name":"$last_seen","value":{"date":"2030-01-31T12:00"}}]',
];

describe('The filter of the view as a document', () => {
  let parts: ActivatedParts;
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
    parts.current.setQuery({});
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
    await waitUntil('leads are read', () => parts.current.list?.state === 'ready');
    await vscode.commands.executeCommand('dashlyLeads.editFilter');
    document = await vscode.workspace.openTextDocument(uri);
    editor = await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await write('[]');
    await document.save();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    parts.current.setQuery({});
    await activatedParts();
  });

  async function write(text: string): Promise<void> {
    const end = document.lineAt(document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text));
  }

  /** What is underlined in the document, each time it is. */
  const underlined = (): string[] => vscode.languages.getDiagnostics(uri).map(({ range }) => document.getText(range));

  for (const [text, place] of wrong) {
    it(`has one thing underlined: ${text}`, async () => {
      assert.equal(parseFilters(parseJson(text)).filters, undefined);
      await write(text);
      await waitUntil(
        `${place} alone is underlined`,
        () => {
          const found = underlined();
          return found.length === 1 && found[0] === place;
        },
        5_000,
      ).catch((error: unknown) => {
        const found = vscode.languages
          .getDiagnostics(uri)
          .map(({ message, range }) => `${document.getText(range)}: ${message}`);
        throw new Error(`${(error as Error).message}; underlined: ${JSON.stringify(found)}`);
      });
    });
  }

  for (const text of good) {
    it(`has nothing underlined: ${text}`, async () => {
      assert.ok(parseFilters(parseJson(text)).filters);
      await write('[7]');
      await waitUntil('what is wrong is underlined', () => underlined().length > 0);
      await write(text);
      await waitUntil('nothing is underlined', () => underlined().length === 0, 5_000).catch((error: unknown) => {
        throw new Error(
          `${(error as Error).message}; underlined: ${JSON.stringify(vscode.languages.getDiagnostics(uri))}`,
        );
      });
    });
  }

  it('is applied by saving, keeps order and presence, and stays as it was written', async () => {
    parts.current.setQuery({ sortProp: '$name', sortOrder: 'asc', presence: ['online'] });
    const text = '[ {"type":"gt","property_name":"$sessions","value":{"value":"5"}} ]';
    await write(text);
    assert.equal(await document.save(), true);
    await waitUntil('the view is filtered', () => parts.current.query.filters);
    assert.deepEqual(JSON.parse(JSON.stringify(parts.current.query)), {
      filters: { type: 'and', filters: [{ type: 'gt', property_name: '$sessions', value: { value: 5 } }] },
      sortProp: '$name',
      sortOrder: 'asc',
      presence: ['online'],
    });
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), text);
    assert.equal(document.getText(), text);
  });

  it('is not applied while it is wrong, stays unsaved, and its text is not lost', async () => {
    const before = parts.current.query;
    const text = '[{"type":"gte","property_name":"$sessions"}]';
    await write(text);
    assert.equal(await document.save(), false);
    assert.equal(parts.current.query, before);
    assert.deepEqual([document.isDirty, document.getText()], [true, text]);
  });

  it('is saved over a filter that the view got while it was open', async () => {
    await vscode.commands.executeCommand('dashlyLeads.findByValue', { property: '$sessions', value: 12345 });
    await vscode.commands.executeCommand('dashlyLeads.findByValue', { property: '$sessions', value: 1 });
    assert.equal(document.isDirty, true);
    await write('[{"type":"known","property_name":"$phone"}]');
    assert.equal(await document.save(), true);
    assert.equal(parts.current.query.filters?.filters[0]?.type, 'known');
  });

  it('follows the view', async () => {
    await vscode.commands.executeCommand('dashlyLeads.findByValue', { property: '$sessions', value: 2 });
    await waitUntil('the document shows the new filter', () => document.getText().includes('"eq"'));
    assert.equal(document.isDirty, false);
    assert.equal(
      stringifyJson(parseJson(document.getText())),
      '{"type":"and","filters":[{"type":"eq","property_name":"$sessions","value":{"value":2}}]}',
    );
    await vscode.commands.executeCommand('dashlyLeads.clearFilter');
    assert.equal(parts.current.query.filters, undefined);
    await waitUntil('the document is empty', () => document.getText().includes('"filters": []'));
  });

  it('completes conditions, units, documented properties and those that leads have, each once', async () => {
    await waitUntil('leads are read', () => parts.current.list?.state === 'ready');
    const custom = parts.current.list?.leads
      .flatMap(({ props }) => Object.keys(props))
      .find((name) => !name.startsWith('$'));
    assert.ok(custom);
    const offered = async (text: string): Promise<string[]> => {
      await write(text.replace('|', ''));
      const position = document.positionAt(text.indexOf('|'));
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        position,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label).replaceAll('"', ''));
    };
    const properties = await offered('[{"type":"known","property_name":"|"}]');
    for (const name of ['$email', custom]) assert.equal(properties.filter((label) => label === name).length, 1, name);
    assert.deepEqual(
      properties.filter((label, place) => label.startsWith('$') && properties.indexOf(label) !== place),
      [],
    );
    assert.ok((await offered('[{"type":"known","property_name":|}]')).includes(custom));
    assert.ok((await offered('[{"type":"|"}]')).includes('str_contains'));
    assert.ok(
      (await offered('[{"type":"daysless","property_name":"$last_seen","value":{"value":1,"unit":"|"}}]')).includes(
        'weeks',
      ),
    );
  });

  it('tells about a property and a condition on hover', async () => {
    const text = '[{"type":"daysless","property_name":"$sessions"},{"type":"known","property_name":"$avatar"}]';
    await write(text);
    const told = async (what: string): Promise<string> => {
      const position = document.positionAt(text.indexOf(what) + 1);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
      return hovers
        .flatMap(({ contents }) => (contents as vscode.MarkdownString[]).map(({ value }) => value))
        .join('\n')
        .replace(/\\(?=[!-/:-@[-`{-~])/g, '');
    };
    await waitUntil('the JSON extension tells', async () => (await told('daysless')).includes('less than'));
    assert.match(await told('$sessions'), /Sessions · number · e\.g\. \d/);
    // Of an address that a stranger has written no link is made.
    assert.match(await told('$avatar'), /https:\/\/\u200bavatars\.example\.com/);
  });
});
