import assert from 'node:assert/strict';
import type { DashlyClient } from '../../../src/dashly/client';
import type { Lead } from '../../../src/dashly/lead';
import { ShownLeads } from '../../../src/documents/shownLeads';
import { type Connection, CurrentLeads, type SeenLead } from '../../../src/leads/currentLeads';
import { Emitter } from '../../../src/leads/event';
import { leadOf } from '../leads/leadsModel';

const key = 'https://api.dashly.app $self_app';

/** @param read gives what the service answers to the request for a lead */
function app(read: () => Promise<Lead>, appId?: string): Connection {
  const client = { appId, getLead: async () => ({ lead: await read() }) } as unknown as DashlyClient;
  return { key, name: 'App', client, isSample: false, fingerprint: () => Promise.resolve('') };
}

describe('The leads that documents show', () => {
  const { signal } = new AbortController();
  const none = (): Promise<Lead> => Promise.reject(new Error('not asked for'));
  let current: CurrentLeads;
  let seen: Emitter<SeenLead>;
  let shown: ShownLeads;
  beforeEach(() => {
    current = new CurrentLeads(50);
    seen = new Emitter();
    shown = new ShownLeads(current, seen.event);
  });
  afterEach(() => shown.dispose());

  it('are forgotten with their app, also for another one that has its key', () => {
    current.setConnection(app(none));
    shown.keep(key, leadOf(1, { plan: 'kept' }));
    seen.fire({ account: key, lead: leadOf(2, { plan: 'seen' }) });
    current.setConnection(app(none));
    assert.deepEqual([shown.latest(key, '1'), shown.latest(key, '2', true)], [undefined, undefined]);
  });

  it('stay with a replaced token of the same app', () => {
    current.setConnection(app(none, '7'));
    const lead = leadOf(1, { plan: 'kept' });
    shown.keep(key, lead);
    current.setConnection(app(none, '7'));
    assert.equal(shown.latest(key, '1'), lead);
  });

  it('are not those that an app answers when another one has its key', async () => {
    let answer: (lead: Lead) => void = () => undefined;
    current.setConnection(app(() => new Promise((resolve) => (answer = resolve))));
    const reading = shown.reload(key, '1', signal);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    current.setConnection(app(none));
    answer(leadOf(1, { plan: 'late' }));
    await reading;
    assert.equal(shown.latest(key, '1'), undefined);
  });
});
