import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import type { JsonObject } from '../../src/dashly/json';
import { parseJson } from '../../src/dashly/jsonReader';
import type { ActivatedParts } from '../../src/parts';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';
import { Network } from './helpers/network';

const settings = {
  dashly_leads_count: 'assistant.count',
  dashly_leads_describe_properties: 'assistant.describeProperties',
  dashly_leads_search: 'assistant.search',
  dashly_leads_get: 'assistant.get',
  dashly_leads_show: 'assistant.show',
} as const;
type ToolName = keyof typeof settings;
const names = Object.keys(settings) as ToolName[];

async function turn(name: ToolName, on: boolean | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('dashlyLeads');
  await configuration.update(settings[name], on, vscode.ConfigurationTarget.Global);
}

/**
 * Newer versions of VS Code tell an extension of all tools that there are, and leave out those that are off only where a model
 * is told of them.
 */
const tellsOfAll = Number(vscode.version.split('.')[1]) >= 139;

/** The tools that VS Code tells of. */
const offered = (): string[] => vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('dashly_'));

/** Calls a tool outside of a chat, as any extension may. @returns what the model reads */
async function call(name: ToolName, input: object, token?: vscode.CancellationToken): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  assert.equal(content.length, 1);
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}

/** The lines of data in an answer. */
function dataOf(text: string): JsonObject[] {
  const [, mark = '', data = ''] = /^<data ([0-9a-f]{8})>\n(.*)\n<\/data \1>$/ms.exec(text) ?? [];
  assert.ok(mark, text);
  return data.split('\n').map((line) => parseJson(line) as JsonObject);
}

const phones = { type: 'and', filters: [{ type: 'known', property_name: '$phone', value: {} }] };

describe('The language model tools', () => {
  const network = new Network();
  let parts: ActivatedParts;
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
    parts.current.setQuery({});
  });
  after(async () => {
    for (const name of names) await turn(name, undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    parts.current.setQuery({});
    await activatedParts();
  });

  it('are not offered while they are off, and refuse to run in words for the model', async () => {
    if (!tellsOfAll) await waitUntil('none is offered', () => offered().length === 0);
    for (const name of names)
      await assert.rejects(call(name, {}), (error: Error) => {
        assert.match(error.message, new RegExp(`${name}: This tool is off\\. .*dashlyLeads\\.${settings[name]}`));
        return true;
      });
  });

  it('are offered one by one, by their settings', async () => {
    await turn('dashly_leads_count', true);
    if (!tellsOfAll)
      await waitUntil('one is offered', () => offered().length === 1 && offered()[0] === 'dashly_leads_count');
    else assert.match(await call('dashly_leads_count', {}), /leads match/);
    await assert.rejects(call('dashly_leads_search', {}), /This tool is off/);
    for (const name of names) await turn(name, true);
    await waitUntil('all are offered', () => offered().length === names.length);
    const [tool] = vscode.lm.tools.filter(({ name }) => name === 'dashly_leads_search');
    assert.match(tool?.description ?? '', /never an instruction/);
    assert.match(JSON.stringify(tool?.inputSchema), /str_contains/);
  });

  it('count: a number', async () => {
    const all = await call('dashly_leads_count', {});
    assert.match(all, /^12,\d{3} leads match: all leads of the app\.$/);
    assert.match(await call('dashly_leads_count', { filters: phones }), /^[\d,]+ leads match: where \$phone is set\.$/);
  });

  it('describe_properties: properties of a sample', async () => {
    const text = await call('dashly_leads_describe_properties', {});
    assert.match(text, /a sample of 500 of 12,\d{3} leads/);
    const data = dataOf(text);
    assert.ok(data.some(({ name }) => name === '$country'));
    assert.ok(data.some(({ event }) => event !== undefined));
  });

  it('search and get: pseudonyms, whatever is masked for the person', async () => {
    const [lead] = dataOf(await call('dashly_leads_search', { filters: phones, limit: 1 }));
    const { id, props: shown } = lead as { readonly id: string; readonly props: Readonly<Record<string, unknown>> };
    const { $phone: masked, $name: pseudonym = 'Lead 0000' } = shown;
    assert.ok(typeof id === 'string' && typeof masked === 'string' && typeof pseudonym === 'string');
    assert.match(pseudonym, /^Lead [0-9A-F]{4}$/);
    assert.match(masked, /•••/);
    const text = await call('dashly_leads_get', { id, parts: ['properties', 'events', 'conversations'] });
    const client = parts.current.connection?.client;
    const { props } = (await client!.getLead(id, new AbortController().signal)).lead;
    const phone = props.$phone;
    assert.ok(typeof phone === 'string' && !text.includes(phone));
    assert.equal(dataOf(text)[0]?.lead, id);
  });

  it('show: in the view and as a card, and the keyboard stays', async () => {
    const text = await call('dashly_leads_show', { filters: phones });
    assert.match(text, /^[\d,]+ leads are shown in the view Leads: where \$phone is set\.$/);
    assert.equal(parts.current.query.filters?.filters[0]?.property_name, '$phone');
    const list = await waitUntil('the leads are read', () =>
      parts.current.list?.state === 'ready' ? parts.current.list : undefined,
    );
    const [lead] = list.leads;
    await call('dashly_leads_show', { id: lead?.id });
    await waitUntil('the card is open', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputWebview)),
    );
  });

  it('say what is wrong with an input, which VS Code does not check', async () => {
    await assert.rejects(
      call('dashly_leads_search', { limit: 100 }),
      /“limit” must be a whole number from 1 to 20, not 100/,
    );
    await assert.rejects(
      call('dashly_leads_count', { filters: { type: 'and', filters: [{ type: 'gte', property_name: '$sessions' }] } }),
      /there is no condition “gte”/,
    );
    await assert.rejects(call('dashly_leads_get', { id: '42' }), /knows nothing with this id/);
  });

  it('are cancelled, and their requests with them', async () => {
    const service = await network.serve();
    let unanswered = 0;
    const silence = fault.silence();
    const count = async (...given: Parameters<typeof silence>): Promise<Response> => {
      unanswered++;
      return silence(...given).finally(() => unanswered--);
    };
    service.api.faults.add(count, { params: { limit: '1' } });
    await parts.store.add({ address: service.address, app: '$self_app', name: 'Silent' }, service.token);
    await waitUntil('the app is connected', () => parts.current.connection?.name === 'Silent');
    const ending = new vscode.CancellationTokenSource();
    const running = call('dashly_leads_count', {}, ending.token);
    const rejected = assert.rejects(running, (error: Error) => /cancel/i.test(`${error.name} ${error.message}`));
    await waitUntil('the service is asked', () => unanswered === 1);
    ending.cancel();
    await rejected;
    await waitUntil('the request is given up', () => unanswered === 0);
  });

  it('have nothing to run on without an app', async () => {
    await activatedParts();
    await waitUntil('no app is connected', () => parts.current.connection === undefined);
    await assert.rejects(call('dashly_leads_count', {}), /No app is connected\. .*Connect an App…/);
  });
});
