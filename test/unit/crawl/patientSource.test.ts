import assert from 'node:assert/strict';
import { PatientSource } from '../../../src/crawl/patientSource';
import { DashlyError } from '../../../src/dashly/errors';
import { lead, ModelSource, useModelTime, whileTimeGoes } from './modelSource';

describe('What is asked again by a crawl while the service does not answer', () => {
  useModelTime();

  /** After how many seconds it is asked, when it fails so often before it answers. */
  const asked = async (failures: number, retryAfter?: number): Promise<number[]> => {
    const source = new ModelSource([lead(1, {})]);
    const [begun, times] = [Date.now(), [] as number[]];
    source.before = () => {
      times.push((Date.now() - begun) / 1000);
      if (times.length <= failures) throw new DashlyError('serverError', { status: 503, retryAfter });
    };
    const patient = new PatientSource(source, { patience: 3_600_000, onOutage: () => undefined });
    assert.equal(await whileTimeGoes(patient.count({ parts: [] }, new AbortController().signal)), 1);
    return times;
  };

  it('waits longer each time, up to a minute', async () => {
    assert.deepEqual(await asked(7), [0, 2, 6, 14, 30, 62, 122, 182]);
  });

  it('waits for as long as the service asks, up to a minute, and never shorter than without', async () => {
    assert.deepEqual(await asked(3, 300_000), [0, 60, 120, 180]);
    assert.deepEqual(await asked(4, 10_000), [0, 10, 20, 30, 46]);
    assert.deepEqual(await asked(3, 0), [0, 2, 6, 14]);
  });

  it('gives up where the wait that is asked for would last over its patience', async () => {
    const source = new ModelSource([]);
    source.before = () => {
      throw new DashlyError('serverError', { status: 503, retryAfter: 300_000 });
    };
    const patient = new PatientSource(source, { patience: 30_000, onOutage: () => undefined });
    await assert.rejects(patient.count({ parts: [] }, new AbortController().signal), { kind: 'serverError' });
    assert.equal(source.queries.length, 0);
  });
});
