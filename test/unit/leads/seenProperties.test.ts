import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber } from '../../../src/dashly/json';
import type { PropertyValue } from '../../../src/dashly/lead';
import { Masking } from '../../../src/leads/masking';
import { propertyKind, seenProperties, seenValues } from '../../../src/leads/seenProperties';
import { leadOf } from './leadsModel';

describe('The type of a value', () => {
  for (const [value, kind] of [
    [5, 'number'],
    [new ExactNumber('12345678901234567890'), 'number'],
    [false, 'boolean'],
    ['text', 'string'],
    ['', 'string'],
    ['2026-01-31T12:00:00', 'date'],
    ['2026-01-31T12:00:00.123456', 'date'],
    ['2026-01-31', 'date'],
    ['2026-01-31T12:00:00.000Z', 'string'],
    ['2026-01-31T12:00:00+03:00', 'string'],
    ['2026-01-31T12:00:00-0300', 'string'],
    [['a'], 'list'],
    [[], 'list'],
    [null, undefined],
    [undefined, undefined],
  ] as const satisfies readonly (readonly [unknown, string | undefined])[]) {
    it(`of ${value === undefined ? 'none' : JSON.stringify(value)} is ${kind ?? 'not known'}`, () => {
      assert.equal(propertyKind(value as PropertyValue | undefined), kind);
    });
  }
});

describe('The properties seen', () => {
  const names = (...leads: Parameters<typeof leadOf>[1][]) =>
    seenProperties(leads.map((props, index) => leadOf(index, props))).map(({ name }) => name);
  const documented = names();
  const find = (name: string, ...leads: Parameters<typeof leadOf>[1][]) =>
    seenProperties(leads.map((props, index) => leadOf(index, props))).find((property) => property.name === name);

  it('are the documented ones, with their types, when no lead is loaded', () => {
    assert.deepEqual(documented.slice(0, 3), ['$name', '$email', '$phone']);
    assert.equal(find('$last_seen')?.kind, 'date');
    assert.equal(find('$cart_items')?.kind, 'list');
    assert.ok(seenProperties([]).every(({ kind, example }) => kind !== undefined && example === undefined));
  });

  it('are the documented ones, then the others by name', () => {
    assert.deepEqual(names({ plan: 'a', $email: 'x' }, { age: 5 }).slice(documented.length), ['age', 'plan']);
  });

  it('have an example: the first value that is one', () => {
    const property = find('plan', { plan: null }, { plan: 'gold' }, { plan: 'silver' });
    assert.deepEqual([property?.kind, property?.example?.value, property?.example?.lead.id], ['string', 'gold', '1']);
  });

  it('are there without a type when no lead has a value', () => {
    const property = find('plan', { plan: null }, { plan: { a: 1 } });
    assert.deepEqual(property, { name: 'plan', kind: undefined });
  });

  it('keep the documented type, whatever a value looks like', () => {
    const property = find('$name', { $name: '2026-01-31T12:00:00' });
    assert.deepEqual([property?.kind, property?.example?.value], ['string', '2026-01-31T12:00:00']);
  });

  it('are each there once, and all of them, whatever their names are', () => {
    const anyName = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '$name', '$email'));
    fc.assert(
      fc.property(fc.array(fc.dictionary(anyName, fc.oneof(fc.string(), fc.integer(), fc.constant(null)))), (all) => {
        const found = names(...all);
        assert.equal(new Set(found).size, found.length);
        const wanted = new Set([...documented, ...all.flatMap((props) => Object.keys(props))]);
        assert.deepEqual(new Set(found), wanted);
      }),
    );
  });
});

describe('The values seen of a property', () => {
  const values = (type: 'text' | 'number', ...all: PropertyValue[]) =>
    seenValues(
      all.map((value, index) => leadOf(index, { plan: value })),
      'plan',
      type,
      new Masking('key'),
    ).map(({ value, count }) => [String(value), count]);

  it('are those of most leads first, and else in the order of the leads', () => {
    assert.deepEqual(values('text', 'silver', 'gold', 'gold', null, 5, 'free'), [
      ['gold', 2],
      ['silver', 1],
      ['free', 1],
    ]);
  });

  it('are one where they differ by case only, as the first lead has it', () => {
    assert.deepEqual(values('text', 'Éa', 'éA'), [['Éa', 2]]);
  });

  it('are the items of lists, each counted once for a lead', () => {
    assert.deepEqual(values('text', ['a', 'b', 'a', 7], ['b'], []), [
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('are numbers digit for digit, where numbers are wanted', () => {
    const long = (end: string): ExactNumber => new ExactNumber(`9007199254740993${end}`);
    assert.deepEqual(values('number', long('1'), long('2'), long('1'), 5, '5', [5]), [
      [`90071992547409931`, 2],
      ['5', 2],
      [`90071992547409932`, 1],
    ]);
  });

  describe('while contacts are masked', () => {
    const masking = new Masking('key', true);
    const maks = { $name: 'Maks Petrov', $phone: '+7 916 123-45-67', $email: 'maks@example.com' };

    it('are none of a property that is a contact, not even those that look like none', () => {
      const contacts = {
        $avatar: 'https://cdn.example.com/maks.jpg',
        $user_id: '42',
        $phone: 1234,
        $name: ['Я'],
        $email: 'maks',
      };
      for (const name of Object.keys(contacts))
        for (const type of ['text', 'number'] as const) {
          assert.deepEqual(seenValues([leadOf(1, contacts)], name, type, masking), []);
          const open = seenValues([leadOf(1, contacts)], name, type, new Masking('key'));
          assert.equal(open.length, type === (name === '$phone' ? 'number' : 'text') ? 1 : 0);
        }
    });

    it('are those alone that hold no contact, of lists too', () => {
      const leads = [
        leadOf(1, { ...maks, plan: ['gold', 'for Petrov', 'maks@example.com'] }),
        leadOf(2, { plan: ['gold', 'call 8 916 123-45-67', 'x.y@example.com'] }),
      ];
      assert.deepEqual(seenValues(leads, 'plan', 'text', masking), [{ value: 'gold', count: 2 }]);
    });

    it('are no numbers that are contacts', () => {
      const [mobile, exact] = [79031112233, new ExactNumber('9161234567.0')];
      const leads = [leadOf(1, { ...maks, plan: [mobile, exact, 5] }), leadOf(2, { plan: 5 })];
      assert.deepEqual(seenValues(leads, 'plan', 'number', masking), [{ value: 5, count: 2 }]);
    });

    it('are no contact of any of the leads that have them', () => {
      const leads = [leadOf(1, { plan: 'PETROV' }), leadOf(2, { ...maks, plan: 'Petrov' }), leadOf(3, { plan: 'a' })];
      assert.deepEqual(seenValues(leads, 'plan', 'text', masking), [{ value: 'a', count: 1 }]);
    });
  });
});
