import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leadIdAt, leadPlaceOf } from '../../../src/sample/sampleLead';
import { SampleApp } from '../../../src/sample/sampleApp';
import { noon } from './sampleRequest';

describe('the generated app', () => {
  const app = new SampleApp({ now: () => noon });
  const leads = app.query().map((id) => app.record(id)!);
  const texts = (name: string) => leads.map((lead) => lead.props[name]).filter((value) => typeof value === 'string');

  it('has 12,345 leads unless told otherwise, each with an id of its own', () => {
    assert.equal(app.count, 12_345);
    assert.equal(new Set(leads.map(({ id }) => id)).size, 12_345);
    assert.equal(new SampleApp({ leads: 7 }).query().length, 7);
    assert.equal(new SampleApp({ leads: 0 }).query().length, 0);
  });

  it('is the same for the same seed and clock, and another for another seed', () => {
    const again = new SampleApp({ now: () => noon });
    const other = new SampleApp({ now: () => noon, seed: 2 });
    for (const id of leads.slice(0, 300).map((lead) => lead.id)) {
      assert.equal(again.json(id), app.json(id));
    }
    assert.deepEqual(
      again.query(),
      leads.map(({ id }) => id),
    );
    assert.notDeepEqual(other.query(), again.query());
  });

  it('has 64-bit ids beyond what a number holds, and short ones', () => {
    assert.ok(leads.some(({ id }) => String(Number(id)) !== id));
    assert.ok(leads.some(({ id }) => id.length <= 5));
  });

  it('has names in several scripts, emoji, right-to-left, and none', () => {
    for (const script of [
      'Latin',
      'Cyrillic',
      'Han',
      'Hiragana',
      'Hangul',
      'Arabic',
      'Hebrew',
      'Devanagari',
      'Thai',
      'Greek',
    ]) {
      const found = texts('$name').filter((name) => new RegExp(`\\p{Script=${script}}`, 'u').test(name));
      assert.ok(found.length >= 5, script);
    }
    assert.ok(texts('$name').filter((name) => /\p{Extended_Pictographic}/u.test(name)).length > 20);
    const nameless = leads.filter(({ props }) => props.$name === undefined).length;
    assert.ok(nameless > 1000 && nameless < 5000);
  });

  it('has all three presences, few of them online', () => {
    const count = (presence: string) => leads.filter((lead) => lead.presence === presence).length;
    assert.ok(count('online') > 20 && count('online') < 200);
    assert.ok(count('idle') > 10 && count('idle') < 200);
    assert.equal(count('online') + count('idle') + count('offline'), 12_345);
  });

  it('has values of all five types, and integers beyond 2^53', () => {
    const values = leads.flatMap(({ props }) => Object.values(props));
    for (const type of ['number', 'string', 'boolean', 'bigint'] as const) {
      assert.ok(
        values.some((value) => typeof value === type),
        type,
      );
    }
    assert.ok(values.some(Array.isArray));
    assert.ok(texts('$last_seen').every((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)));
  });

  it('has leads seen minutes and years ago, none of the ordinary ones in the future', () => {
    const ages = texts('$last_seen').map((text) => noon - Date.parse(`${text}Z`));
    assert.ok(ages.every((age) => age >= 0));
    assert.ok(ages.some((age) => age < 180e3) && ages.some((age) => age > 2 * 365 * 86400e3));
    const today = ages.filter((age) => age < 86400e3).length;
    assert.ok(today > 300 && today < 3000, String(today));
  });

  it('has leads of ordinary size', () => {
    const ordinary = leads.slice(0, 2000).filter(({ props }) => typeof props.notes_about !== 'string');
    const median = (numbers: number[]) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)]!;
    const size = median(ordinary.map(({ id }) => app.json(id)!.length));
    const properties = median(ordinary.map(({ props }) => Object.keys(props).length));
    assert.ok(size > 400 && size < 900, String(size));
    assert.ok(properties >= 12 && properties <= 26, String(properties));
  });

  it('uses only addresses that belong to nobody', () => {
    const ordinary = leads.filter(({ props }) => props.notes_about === undefined && props.$email !== '');
    for (const { props } of ordinary) {
      assert.match(String(props.$email ?? 'a@example.com'), /@(.+\.)?(example|test|example\.(com|org|net))$/);
    }
  });

  it('finds the place of an id again, and of no other', () => {
    fc.assert(fc.property(fc.nat(300_000), (place) => leadPlaceOf(leadIdAt(place)) === place));
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n), (id) => {
        const place = leadPlaceOf(String(id));
        return place === undefined || leadIdAt(place) === String(id);
      }),
    );
    for (const id of ['', '0', '-3568', '3569', '03568', ' 3568', '3568.0', 'x', '1e3']) {
      assert.equal(leadPlaceOf(id), undefined, id);
    }
  });
});
