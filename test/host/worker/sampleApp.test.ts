import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Lead } from '../../../src/dashly/lead';
import { createLog } from '../../../src/editor/errors';
import { exportChosen } from '../../../src/export/exportChosen';
import { leadElement } from '../../../src/leads/leadElement';
import { leadLabel } from '../../../src/leads/wording';
import type { ActivatedParts } from '../../../src/parts';
import { waitUntil } from '../../vscode/condition';
import { activatedParts } from '../helpers/activatedParts';
import { MemoryFiles } from '../helpers/memoryFiles';

/** Calls a language model tool as an assistant does. @returns what the model reads */
async function call(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('The sample app in a web worker', () => {
  let parts: ActivatedParts;
  let lead: Lead;
  before(async () => {
    parts = await activatedParts();
    await vscode.commands.executeCommand('dashlyLeads.openSampleApp');
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
    const list = await waitUntil('the first page is read', () => {
      const { list: current } = parts.current;
      return current?.state === 'ready' && current;
    });
    const withContacts = list.leads.find(({ props }) =>
      ['$name', '$email'].every((name) => typeof props[name] === 'string'),
    );
    assert.ok(withContacts);
    lead = withContacts;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await activatedParts();
  });

  it('opens a lead’s card', async () => {
    await vscode.commands.executeCommand('dashlyLeads.openCard', leadElement(lead));
    const title = leadLabel(lead, parts.masking);
    await waitUntil(`a card of ${title} is open`, () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes(title)),
      ),
    );
  });

  it('is counted and searched by language model tools, with pseudonyms', async () => {
    const configuration = vscode.workspace.getConfiguration('dashlyLeads');
    const turn = (on: boolean | undefined): Promise<unknown> =>
      Promise.all(
        ['count', 'search'].map((tool) =>
          configuration.update(`assistant.${tool}`, on, vscode.ConfigurationTarget.Global),
        ),
      );
    await turn(true);
    try {
      assert.match(await call('dashly_leads_count', {}), /^12,\d{3} leads match/);
      const email = lead.props.$email as string;
      const found = await call('dashly_leads_search', { text: email });
      assert.match(found, new RegExp(lead.id));
      assert.ok(!found.includes(email), found);
    } finally {
      await turn(undefined);
    }
  });

  it('is exported as a whole file, with pseudonyms where they are asked for', async () => {
    const files = new MemoryFiles();
    const registered = vscode.workspace.registerFileSystemProvider('dashly-export-worker', files);
    const { connection } = parts.current;
    assert.ok(connection);
    const log = createLog();
    const globalState = { get: (_key: string, other?: unknown) => other, update: () => Promise.resolve() };
    const exporting = { ...parts, log, context: { globalState } as unknown as vscode.ExtensionContext };
    const query = {
      filters: { type: 'and', filters: [{ type: 'eq', property_name: '$sessions', value: { value: 2 } }] },
    } as const;
    const export_ = (name: string, masked: boolean): Promise<void> =>
      exportChosen(
        exporting,
        { connection, query },
        { leads: undefined, format: { format: 'ndjson' }, masked },
        vscode.Uri.from({ scheme: 'dashly-export-worker', path: `/${name}.ndjson` }),
        new AbortController().signal,
      );
    try {
      await export_('real', false);
      await export_('masked', true);
      const [real, masked] = ['/real.ndjson', '/masked.ndjson'].map((path) => files.text(path).trimEnd().split('\n'));
      assert.equal(real?.length, await connection.client.countLeads(query.filters, new AbortController().signal));
      assert.equal(masked?.length, real.length);
      const phoned = real.map((line) => JSON.parse(line) as Lead).find(({ props }) => typeof props.$phone === 'string');
      assert.ok(phoned && !files.text('/masked.ndjson').includes(phoned.props.$phone as string));
    } finally {
      registered.dispose();
    }
  });
});
