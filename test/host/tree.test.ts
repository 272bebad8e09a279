import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import type { ActivatedParts } from '../../src/parts';
import { LeadNews } from '../../src/leads/leadNews';
import type { LeadList } from '../../src/leads/leadList';
import { LeadsTreeDataProvider } from '../../src/tree/leadsTreeDataProvider';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

describe('The tree of the sample app', () => {
  let parts: ActivatedParts;
  let provider: LeadsTreeDataProvider;
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
    provider = new LeadsTreeDataProvider(parts.current, parts.masking, new LeadNews(parts.current), () => undefined);
  });
  after(async () => {
    provider.dispose();
    await activatedParts();
  });

  const list = (): LeadList => {
    assert.ok(parts.current.list);
    return parts.current.list;
  };

  it('reads its first page when the view is first seen', async () => {
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
    await waitUntil('the first page is read', () => list().state === 'ready');
    assert.equal(list().leads.length, 50);
    // Now and then a new one comes: as many as the service counts, which has counted no fewer since.
    const counted = await parts.current.connection?.client.countLeads(undefined, new AbortController().signal);
    const total = list().total ?? 0;
    assert.ok(total >= 12_345 && total <= (counted ?? 0), `${total} of ${counted}`);
  });

  it('never reads by giving its rows', () => {
    const before = list().leads.length;
    const rows = provider.getChildren();
    assert.equal(rows.length, before + 1);
    assert.equal(list().state, 'ready');
    assert.deepEqual(provider.getChildren(rows[0]), []);
  });

  it('gives each row the id of its lead, words for its presence, and the tooltip only when asked', () => {
    const rows = provider.getChildren();
    const items = rows.map((row) => provider.getTreeItem(row));
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    const [row] = rows;
    const [item] = items;
    assert.ok(row?.kind === 'lead' && item);
    assert.equal(item.id, row.lead.id);
    assert.equal(item.contextValue, 'lead');
    assert.equal(item.tooltip, undefined);
    assert.match(item.accessibilityInformation?.label ?? '', new RegExp(row.lead.presence, 'i'));
    const resolved = provider.resolveTreeItem(item, row);
    assert.equal(typeof resolved.tooltip, 'string');
    assert.ok((resolved.tooltip as string).includes(row.lead.id));
  });

  it('has an icon of another shape for each presence', () => {
    const rows = provider.getChildren();
    const shapes = new Map<string, string>();
    for (const row of rows) {
      if (row.kind !== 'lead') continue;
      shapes.set(row.lead.presence, (provider.getTreeItem(row).iconPath as vscode.ThemeIcon).id);
    }
    assert.equal(new Set(shapes.values()).size, shapes.size);
  });

  it('loads a page more by its command', async () => {
    const before = list().leads.length;
    await vscode.commands.executeCommand('dashlyLeads.loadMore');
    assert.ok(list().leads.length > before);
    assert.equal(new Set(list().leads.map(({ id }) => id)).size, list().leads.length);
  });

  it('keeps the number of leads when it is refreshed', async () => {
    const before = list().leads.length;
    await vscode.commands.executeCommand('dashlyLeads.refresh');
    assert.equal(list().leads.length, before);
  });

  it('leaves a lead selected that a search has found, though it is not among the loaded ones', async () => {
    const { client } = parts.current.connection!;
    const { leads } = await client.listLeads({ offset: 5000, limit: 1 }, new AbortController().signal);
    const [found] = leads;
    assert.ok(found && !parts.current.find(found.id));
    parts.selection.set([found]);
    await vscode.commands.executeCommand('dashlyLeads.refresh');
    await vscode.commands.executeCommand('dashlyLeads.loadMore');
    assert.deepEqual(parts.selection.leads, [found]);
  });

  it('takes another page size for the pages that follow', async () => {
    const settings = vscode.workspace.getConfiguration('dashlyLeads');
    await settings.update('pageSize', 10, vscode.ConfigurationTarget.Global);
    await waitUntil('the list knows', () => parts.current.pageSize === 10);
    const before = list().leads.length;
    await vscode.commands.executeCommand('dashlyLeads.loadMore');
    assert.ok(list().leads.length - before <= 10);
    await settings.update('pageSize', undefined, vscode.ConfigurationTarget.Global);
    await waitUntil('the list knows', () => parts.current.pageSize === 50);
  });

  it('is read again when values are wanted as the service stores them', async () => {
    const settings = vscode.workspace.getConfiguration('dashlyLeads');
    const type = (): string => typeof list().leads.find(({ props }) => props.$sessions !== undefined)?.props.$sessions;
    assert.equal(type(), 'number');
    await settings.update('convertPropsTypes', false, vscode.ConfigurationTarget.Global);
    await waitUntil('values are texts', () => type() === 'string');
    await settings.update('convertPropsTypes', undefined, vscode.ConfigurationTarget.Global);
    await waitUntil('values are what they are', () => type() === 'number');
  });

  it('shows pseudonyms while contacts are masked, and asks for its rows again', async () => {
    const [row] = provider.getChildren();
    assert.ok(row);
    const label = provider.getTreeItem(row).label;
    await vscode.commands.executeCommand('dashlyLeads.maskContacts');
    const masked = provider.getTreeItem(row).label;
    assert.ok(typeof masked === 'string' && /^Lead [0-9A-F]{4}/.test(masked));
    assert.equal(vscode.workspace.getConfiguration('dashlyLeads').get('maskContacts'), true);
    await vscode.commands.executeCommand('dashlyLeads.unmaskContacts');
    assert.equal(provider.getTreeItem(row).label, label);
  });

  it('leaves no lead selected of an app that is not shown any more', async () => {
    parts.selection.set(list().leads.slice(0, 1));
    await parts.store.remove(sampleAccount);
    await waitUntil('no app is connected', () => !parts.current.connection);
    assert.deepEqual(parts.selection.leads, []);
  });
});
