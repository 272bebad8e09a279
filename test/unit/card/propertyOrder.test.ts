import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShownGroup } from '../../../src/card/shownCard';
import type { PageValue } from '../../../src/webview/messages';
import { arranged, type PropertyOrder } from '../../../src/card/page/propertyOrder';

const asSent: PropertyOrder = { by: 'group', descending: false };
const text = (value: string): PageValue => ({ kind: 'text', text: value });
const number = (value: string): PageValue => ({ kind: 'number', text: value });
const group = (title: string, values: Record<string, PageValue>): ShownGroup => ({
  title,
  properties: Object.entries(values).map(([name, value]) => ({
    key: `prop:${name}`,
    name,
    title: name,
    isProperty: true,
    value,
  })),
});
const names = (groups: readonly ShownGroup[]): string[] =>
  groups.flatMap(({ properties }) => properties.map(({ name }) => name));

describe('The grid of properties', () => {
  const groups = [
    group('Contacts', { $email: text('maks@example.com'), $phone: text('+1 555') }),
    group('Custom', { item10: number('9'), item9: number('10'), none: { kind: 'unset' }, plan: text('Gold') }),
  ];

  it('stays as it was sent until something else is asked for', () => {
    assert.deepEqual(arranged(groups, '', asSent), groups);
  });

  it('is filtered by name or by value, ignoring case, and leaves empty groups out', () => {
    assert.deepEqual(names(arranged(groups, 'EMAIL', asSent)), ['$email']);
    assert.deepEqual(names(arranged(groups, ' gold ', asSent)), ['plan']);
    assert.deepEqual(
      arranged(groups, 'gold', asSent).map(({ title }) => title),
      ['Custom'],
    );
    assert.deepEqual(arranged(groups, 'nothing at all', asSent), []);
  });

  it('is filtered by a number with its digits grouped or not', () => {
    const amounts = [group('Shop', { revenue: number('1234567.5'), year: number('2024') })];
    for (const wanted of ['1234567', '1,234,567', '567.5'])
      assert.deepEqual(names(arranged(amounts, wanted, asSent)), ['revenue']);
  });

  it('is filtered by what is painted, too', () => {
    const dated = [group('Activity', { seen: { kind: 'date', time: Date.UTC(2014, 5, 17, 12), dateOnly: false } })];
    assert.deepEqual(names(arranged(dated, 'jun 17, 2014', asSent)), ['seen']);
    assert.deepEqual(names(arranged(dated, '2014-06', asSent)), ['seen']);
  });

  it('is sorted inside its groups by name, numbers in names by size', () => {
    const order = { by: 'name', descending: false } as const;
    assert.deepEqual(names(arranged(groups, '', order)), ['$email', '$phone', 'item9', 'item10', 'none', 'plan']);
    assert.deepEqual(names(arranged(groups, '', { ...order, descending: true })), [
      '$phone',
      '$email',
      'plan',
      'none',
      'item10',
      'item9',
    ]);
  });

  it('is sorted by value, numbers by size', () => {
    assert.deepEqual(names(arranged(groups, '', { by: 'value', descending: false })), [
      '$phone',
      '$email',
      'item10',
      'item9',
      'plan',
      'none',
    ]);
  });

  it('loses and repeats nothing by sorting', () => {
    const order = fc.record({
      by: fc.constantFrom('group', 'name', 'value'),
      descending: fc.boolean(),
    }) as fc.Arbitrary<PropertyOrder>;
    const value = fc.oneof(
      fc.string().map(text),
      fc.double().map((size) => number(String(size))),
      fc.constant({ kind: 'unset' } as const),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), order, (values, wanted) => {
        assert.deepEqual(names(arranged([group('All', values)], '', wanted)).sort(), Object.keys(values).sort());
      }),
    );
  });
});
