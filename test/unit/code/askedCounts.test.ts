import assert from 'node:assert/strict';
import { AskedCounts } from '../../../src/code/askedCounts';
import { DashlyClient } from '../../../src/dashly/client';
import { parseDate } from '../../../src/dashly/dates';
import { CurrentLeads } from '../../../src/leads/currentLeads';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { fault } from '../../service/faults';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';

describe('What the service says of the leads with a property', () => {
  const { signal } = new AbortController();
  let api: TestApi;
  let client: DashlyClient;
  let counts: AskedCounts;
  beforeEach(() => {
    api = new TestApi(new TestApp({ leads: 300, special: false }));
    const connection = { address: sampleAddress, adapter: sampleAdapter(api), app: '$self_app', token: api.token };
    client = new DashlyClient(connection);
    const current = new CurrentLeads(50);
    current.setConnection({
      name: 'Sample',
      client,
      isSample: true,
      key: 'sample',
      fingerprint: () => Promise.resolve(''),
    });
    counts = new AskedCounts(current);
  });
  afterEach(() => counts.dispose());

  const values = (property: string): unknown[] =>
    api.app.query().flatMap((id) => {
      const { props } = api.app.record(id)!;
      return property in props ? [props[property]] : [];
    });

  it('is how many have it and, of an event, when it came last: one request each', async () => {
    const last = values('$event_35_last').map((text) => parseDate(text as string)!.time);
    assert.ok(last.length > 10);
    await counts.ask(client, '$event_35_count', signal);
    assert.deepEqual(counts.of('$event_35_count'), { leads: last.length, last: Math.max(...last) });
    await counts.ask(client, '$phone', signal);
    assert.deepEqual(counts.of('$phone'), { leads: values('$phone').length, last: undefined });
    assert.equal(api.requests.length, 2);
  });

  it('is none where nobody has it', async () => {
    await counts.ask(client, '$event_999_count', signal);
    assert.deepEqual(counts.of('$event_999_count'), { leads: 0, last: undefined });
  });

  it('is not known where the service does not answer', async () => {
    api.faults.add(fault.error('PermissionDeniedError'));
    await assert.rejects(counts.ask(client, '$phone', signal));
    assert.equal(counts.of('$phone'), undefined);
  });
});
