import assert from 'node:assert/strict';
import type { LeadsQuery } from '../../../src/dashly/lead';
import { planRemarks } from '../../../src/export/exportProgress';
import { LeadsCrawl } from '../../../src/crawl/crawl';
import { dateText, lead, ModelSource, useModelTime } from '../crawl/modelSource';

const anyOf: LeadsQuery = {
  filters: {
    type: 'or',
    filters: [
      { type: 'known', property_name: '$email', value: {} },
      { type: 'known', property_name: '$phone', value: {} },
    ],
  },
};

async function remarks(count: number, query: LeadsQuery, secondsApart: number): Promise<string[]> {
  const leads = Array.from({ length: count }, (_, index) =>
    lead(index + 1, { $last_seen: dateText(Date.now() - index * secondsApart * 1000), $email: 'same@example.com' }),
  );
  const crawl = new LeadsCrawl(new ModelSource(leads), query);
  return planRemarks(await crawl.prepare(new AbortController().signal));
}

describe('Before an export starts', () => {
  useModelTime();

  it('nothing is said when there is nothing to decide', async () => {
    assert.deepEqual(await remarks(9_000, anyOf, 60), []);
    assert.deepEqual(await remarks(21_000, {}, 60), []);
  });

  it('it is said that an "any of" beyond 10,000 is read condition by condition', async () => {
    const [remark, ...more] = await remarks(21_000, anyOf, 60);
    assert.match(remark ?? '', /^The view holds 21,000 leads and combines 2 conditions with “any of”/);
    assert.deepEqual(more, []);
  });

  it('it is said how many leads the service cannot tell apart', async () => {
    const [remark, ...more] = await remarks(21_000, {}, 0);
    assert.match(remark ?? '', /^21,000 leads are alike .* how many are missing\.$/);
    assert.deepEqual(more, []);
  });
});
