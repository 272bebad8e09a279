import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount, type Account } from '../../src/account/account';
import { AccountStore } from '../../src/account/accountStore';
import { Connections } from '../../src/account/session';
import type { Log } from '../../src/editor/errors';
import type { ActivatedParts } from '../../src/parts';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

const first: Account = { address: 'https://one.example.com', app: '$self_app', name: 'One' };
const second: Account = { address: 'https://two.example.com', app: '$self_app', name: 'Two' };
const indexEntry = 'dashlyLeads.accounts';
const tokenEntry = ({ address, app }: Account) => `dashlyLeads.token ${address} ${app}`;

describe('Accounts in SecretStorage', () => {
  let parts: ActivatedParts;
  let secrets: vscode.SecretStorage;
  beforeEach(async () => {
    parts = await activatedParts();
    secrets = parts.secrets;
  });
  after(() => activatedParts());

  it('have an entry for the token alone, and one for the list without any token', async () => {
    assert.equal(await parts.store.add(first, 'secret-1'), 'stored');
    assert.equal(await parts.store.add(second, 'secret-2'), 'stored');
    assert.equal(await secrets.get(tokenEntry(first)), 'secret-1');
    assert.equal(await secrets.get(tokenEntry(second)), 'secret-2');
    assert.deepEqual(JSON.parse((await secrets.get(indexEntry)) ?? ''), {
      accounts: [first, second],
      active: 'https://two.example.com $self_app',
    });
  });

  it('are found again by another store over the same storage', async () => {
    await parts.store.add(first, 'secret-1');
    const later = new AccountStore(secrets, (error) => assert.ifError(error));
    await later.read();
    assert.deepEqual(later.active, first);
    assert.equal(await later.token(first), 'secret-1');
    later.dispose();
  });

  it('connect the extension to the active one', async () => {
    await parts.store.add(first, 'secret-1');
    await parts.store.add(second, 'secret-2');
    await waitUntil('the second is connected', () => parts.current.connection?.client.address === second.address);
    await parts.store.activate(first);
    await waitUntil('the first is connected', () => parts.current.connection?.client.address === first.address);
  });

  it('are gone with their token when signed out, and nobody else takes their place', async () => {
    await parts.store.add(first, 'secret-1');
    await parts.store.add(second, 'secret-2');
    await parts.store.remove(second);
    assert.equal(await secrets.get(tokenEntry(second)), undefined);
    assert.equal(await secrets.get(tokenEntry(first)), 'secret-1');
    assert.equal(parts.store.active, undefined);
    await waitUntil('nothing is connected', () => parts.current.connection === undefined);
  });

  it('appear when another window connects an app', async () => {
    await secrets.store(tokenEntry(first), 'secret-1');
    await secrets.store(indexEntry, JSON.stringify({ accounts: [first], active: 'https://one.example.com $self_app' }));
    await waitUntil('the app is connected', () => parts.current.connection?.name === 'One');
  });

  it('get another connection when another window replaces the token', async () => {
    await parts.store.add(first, 'secret-1');
    const before = await waitUntil('the app is connected', () => parts.current.connection);
    await secrets.store(tokenEntry(first), 'secret-3');
    await waitUntil(
      'the connection is another',
      () => parts.current.connection !== undefined && parts.current.connection !== before,
    );
  });

  it('keep the loaded list when the app is renamed', async () => {
    await parts.store.add(sampleAccount);
    const list = await waitUntil('the sample app is connected', () => parts.current.list);
    await list.loadMore();
    await parts.store.rename(sampleAccount, 'Another Name');
    await waitUntil('the connection has the new name', () => parts.current.connection?.name === 'Another Name');
    assert.equal(parts.current.list, list);
    assert.notEqual(list.leads.length, 0);
  });

  it('keep their client when another token was not accepted', async () => {
    const log = { debug: () => undefined } as unknown as Log;
    const memory: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
    const connections = new Connections(log, memory);
    const nobodyThere: Account = { ...first, address: 'http://127.0.0.1:9' };
    const { client } = await connections.open(nobodyThere, 'good');
    await assert.rejects(connections.tryToken(nobodyThere, 'another', new AbortController().signal));
    assert.equal((await connections.open(nobodyThere, 'good')).client, client);
    connections.dispose();
  });

  it('have their names of events and properties until they are signed out', async () => {
    await parts.store.add(sampleAccount);
    await parts.features();
    const connection = await waitUntil('the sample app is connected', () => parts.current.connection);
    await parts.current.list?.loadMore();
    await waitUntil('the names of the loaded leads are known', () => parts.names.properties.size > 0);
    parts.names.learn(connection.key, { events: [{ id: '35', name: 'Order completed' }] });
    assert.equal(parts.masking.propertyTitle('$event_35_count'), 'Order completed, count');
    await vscode.commands.executeCommand('dashlyLeads.signOut');
    await waitUntil('nothing is connected', () => parts.current.connection === undefined);
    assert.deepEqual([parts.names.events.size, parts.names.properties.size], [0, 0]);
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected again', () => parts.current.connection);
    await parts.current.list?.loadMore();
    await waitUntil('the names of the loaded leads are known', () => parts.names.properties.size > 0);
    assert.equal(parts.masking.propertyTitle('$event_35_count'), 'Event 35, count');
  });

  it('announce a change of this window once, although VS Code announces it too', async () => {
    let changes = 0;
    let announced = 0;
    const store = new AccountStore(secrets, (error) => assert.ifError(error));
    const watches = [store.onDidChange(() => changes++), secrets.onDidChange(() => announced++)];
    await store.add(first, 'secret-1');
    await waitUntil('VS Code has announced both entries', () => announced >= 2);
    await secrets.store(tokenEntry(first), 'secret-of-another-window');
    await waitUntil('the change of another window has come', () => changes >= 2);
    assert.equal(changes, 2);
    assert.equal(await store.token(first), 'secret-of-another-window');
    for (const watch of watches) watch.dispose();
    store.dispose();
  });

  it('lose the connection when another window signs out', async () => {
    await parts.store.add(first, 'secret-1');
    await waitUntil('the app is connected', () => parts.current.connection);
    await secrets.delete(tokenEntry(first));
    await secrets.store(indexEntry, JSON.stringify({ accounts: [] }));
    await waitUntil(
      'nothing is connected',
      () => parts.current.connection === undefined && parts.store.accounts.length === 0,
    );
  });

  it('keep none of two changes made at once from being stored', async () => {
    await Promise.all([
      parts.store.add(first, 'secret-1'),
      parts.store.add(second, 'secret-2'),
      parts.store.add(sampleAccount),
    ]);
    assert.equal(parts.store.accounts.length, 3);
  });

  it('last for the session when VS Code cannot store them', async () => {
    const failures: string[] = [];
    const broken = { ...asPlainObject(secrets), store: () => Promise.reject(new Error('the key store is locked')) };
    const store = new AccountStore(broken, (error, doing) => failures.push(`${doing}: ${String(error)}`));
    await store.read();
    assert.equal(await store.add(first, 'secret-1'), 'session');
    assert.deepEqual(store.active, first);
    assert.equal(await store.token(first), 'secret-1');
    assert.match(failures.join('\n'), /store: Error: the key store is locked/);
    assert.doesNotMatch(failures.join('\n'), /secret-1/);
    assert.equal(await secrets.get(tokenEntry(first)), undefined);
    store.dispose();
  });

  it('are none, and that is told, when VS Code cannot read them', async () => {
    const failures: string[] = [];
    const broken = { ...asPlainObject(secrets), get: () => Promise.reject(new Error('the key store is locked')) };
    const store = new AccountStore(broken, (_error, doing) => failures.push(doing));
    await store.read();
    assert.deepEqual(store.accounts, []);
    assert.equal(await store.token(first), undefined);
    assert.deepEqual(failures, ['read', 'read']);
    store.dispose();
  });
});

/** The real storage's members as a plain object, so that one of them can be replaced by a broken one. */
function asPlainObject(secrets: vscode.SecretStorage): vscode.SecretStorage {
  return {
    keys: () => secrets.keys(),
    get: (key) => secrets.get(key),
    store: (key, value) => secrets.store(key, value),
    delete: (key) => secrets.delete(key),
    onDidChange: secrets.onDidChange,
  };
}
