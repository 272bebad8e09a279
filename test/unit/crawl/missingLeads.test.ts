import assert from 'node:assert/strict';
import { LeadsCrawl } from '../../../src/crawl/crawl';
import { describeMissing } from '../../../src/crawl/missingLeads';
import type { WindowPart } from '../../../src/crawl/windows';
import { lead, ModelSource, useModelTime } from './modelSource';

const said = (...parts: WindowPart[]): string => describeMissing({ count: 2, window: { parts }, why: 'moving' });

describe('What the log says of leads that could not be read', function () {
  this.timeout(60_000);
  useModelTime();

  for (const prop of ['$phone', '$user_id', '$email', '$name', 'phone', 'second phone'])
    it(`holds no contact of a lead where the view is cut by ${prop}`, () => {
      const sentence = said(
        { kind: 'range', prop, from: 79161234567, below: 79169999999 },
        { kind: 'number', prop, above: 79161234567, below: 79169999999 },
        { kind: 'equal', prop, number: 79161234567 },
        { kind: 'contains', prop, text: 'ada@example.com' },
        { kind: 'lacks', prop, text: '+7 916 123-45-67' },
      );
      assert.doesNotMatch(sentence, /9161|9999|ada@|123-45/);
    });

  it('holds no contact that is the name of a property, and is one line', () => {
    const sentence = said({ kind: 'known', prop: 'of ada@example.com\n[error]' });
    assert.doesNotMatch(sentence, /ada@|\n/);
  });

  it('says numbers and texts that are none', () => {
    assert.match(said({ kind: 'range', prop: '$sessions', from: 2, below: 5 }), /\$sessions from 2 below 5/);
    assert.match(said({ kind: 'number', prop: '$sessions', above: 2, below: 5 }), /\$sessions above 2 below 5/);
    assert.match(said({ kind: 'equal', prop: '$sessions', number: 2 }), /\$sessions from 2 to 2/);
    assert.match(said({ kind: 'contains', prop: 'plan', text: 'p' }), /plan with “p”/);
  });

  it('holds none of those by which a crawl cut a list of its own', async () => {
    const first = 79_160_000_000;
    const source = new ModelSource(
      Array.from({ length: 40_000 }, (_, index) => lead(index + 1, { $phone: first + Math.floor(index / 20_000) })),
    );
    const leads = new LeadsCrawl(source, {}).leads(new AbortController().signal);
    let next = await leads.next();
    while (!next.done) next = await leads.next();
    const { reasons } = next.value;
    assert.ok(reasons.some(({ window }) => window.parts.some(({ prop }) => prop === '$phone')));
    for (const reason of reasons) assert.doesNotMatch(describeMissing(reason), /79160/);
  });
});
