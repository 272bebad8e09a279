import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { DashlyError } from '../../../src/dashly/errors';
import type { LeadsQuery } from '../../../src/dashly/lead';
import { ExportPace, planRemarks } from '../../../src/export/exportProgress';
import { LeadsCrawl } from '../../../src/crawl/crawl';
import { speak } from '../../../src/language';
import { Masking } from '../../../src/leads/masking';
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

describe('While an export waits for the service', () => {
  const outage = new DashlyError('serverError', { serviceMessage: 'Cannot serve anna@corp.example' });
  const progress = { phase: 'reading', total: 300, read: 120, windows: 1, requests: 3, outage } as const;
  const line = (masked: boolean): string => new ExportPace(new Masking('key', masked)).describe(progress).line;

  it('says why', () => {
    assert.match(line(false), /^120 leads so far\. Waiting for the service: .* The service says: Cannot serve anna@/);
  });

  it('says it without the words of the service while contacts are masked', () => {
    assert.match(line(true), /^120 leads so far\. Waiting for the service: The service failed to answer/);
    assert.doesNotMatch(line(true), /anna|says/);
  });
});

describe('How fast an export is', () => {
  useModelTime();

  it('is said while leads come, and not where a window that is read again takes some back', () => {
    const pace = new ExportPace(new Masking('key', false));
    const reading = { phase: 'reading', total: 300, windows: 1, requests: 3, outage: undefined } as const;
    assert.equal(pace.describe({ ...reading, read: 100 }).line, '100 of 300 leads (33 %)');
    mock.timers.tick(10_000);
    assert.equal(pace.describe({ ...reading, read: 150 }).line, '150 of 300 leads (50 %), 5 a second, 30 s left');
    mock.timers.tick(10_000);
    assert.equal(pace.describe({ ...reading, read: 60 }).line, '60 of 300 leads (20 %)');
  });
});

describe('How far an export is, in a language whose nouns have cases', () => {
  const line = (read: number, total: number): string =>
    new ExportPace(new Masking('key', false)).describe({
      phase: 'reading',
      total,
      read,
      windows: 1,
      requests: 3,
      outage: undefined,
    }).line;

  before(() => {
    const key = '{1} of {0} lead ({2} %)|{1} of {0} leads ({2} %)';
    speak('ru', { [key]: '{1} из {0} лида ({2} %)|{1} из {0} лидов ({2} %)|{1} из {0} лидов ({2} %)' });
  });
  after(() => speak('en', undefined));

  it('has the noun in the form of the total, not of what is read', () => {
    assert.equal(line(120, 301), '120 из 301 лида (39 %)');
    assert.equal(line(121, 302), '121 из 302 лидов (40 %)');
    assert.equal(line(1, 300), '1 из 300 лидов (0 %)');
  });
});
