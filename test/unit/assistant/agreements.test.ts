import assert from 'node:assert/strict';
import { Agreements } from '../../../src/assistant/agreements';
import { DashlyClient } from '../../../src/dashly/client';
import type { Connection } from '../../../src/leads/currentLeads';

/** Of whatever app the token belongs to: two apps have one key. */
function connection(token: string): Connection {
  const client = new DashlyClient({ address: 'https://api.dashly.app', app: '$self_app', token });
  return { key: 'own', name: 'App', client, isSample: false, fingerprint: () => Promise.resolve('') };
}

const a = { connection: connection('app.1.x'), isMasked: true };
const b = { connection: connection('app.2.x'), isMasked: true };

describe('What a person was asked before a tool is run', () => {
  let agreements: Agreements;
  beforeEach(() => (agreements = new Agreements()));

  const switched = /The app was switched meanwhile/;

  it('is used once', () => {
    agreements.ask('search', { text: 'x' }, a);
    agreements.use('search', { text: 'x' }, a);
    assert.throws(() => agreements.use('search', { text: 'x' }, a), switched);
  });

  it('is about the app of then, whatever else is asked meanwhile', () => {
    agreements.ask('search', { text: 'x' }, a);
    agreements.ask('search', { text: 'y' }, b);
    assert.throws(() => agreements.use('search', { text: 'x' }, b), switched);
    agreements.use('search', { text: 'y' }, b);
  });

  it('holds with another token of the app', () => {
    agreements.ask('get', { id: '1' }, a);
    agreements.use('get', { id: '1' }, { ...a, connection: connection('app.1.y') });
  });

  it('does not hold where two that are the same were about two apps', () => {
    agreements.ask('get', { id: '1' }, a);
    agreements.ask('get', { id: '1' }, b);
    assert.throws(() => agreements.use('get', { id: '1' }, b), switched);
  });

  it('is about pseudonyms or contacts', () => {
    const real = { ...a, isMasked: false };
    agreements.ask('get', { id: '1' }, a);
    assert.throws(() => agreements.use('get', { id: '1' }, real), /Contacts were allowed meanwhile/);
    // Less than was agreed to.
    agreements.ask('get', { id: '1' }, real);
    agreements.use('get', { id: '1' }, a);
  });

  it('is forgotten when a hundred others were asked', () => {
    agreements.ask('get', { id: '1' }, a);
    for (let id = 2; id < 103; id++) agreements.ask('get', { id: String(id) }, a);
    assert.throws(() => agreements.use('get', { id: '1' }, a), switched);
  });
});
