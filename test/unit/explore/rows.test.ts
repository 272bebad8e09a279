import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Props } from '../../../src/dashly/lead';
import {
  decodePageMessage,
  type PageMessage,
  type ShownExploration,
  type ShownValue,
} from '../../../src/explore/protocol';
import { reportCsv, reportJson, type Report } from '../../../src/explore/report';
import { ordersOf, ShownProperties, subjectsOf } from '../../../src/explore/rows';
import { Statistics } from '../../../src/explore/statistics';
import { speak } from '../../../src/language';
import { Masking } from '../../../src/leads/masking';
import { hostileTexts } from '../../service/hostileTexts';
import { leadOf } from '../leads/leadsModel';

function shown(
  leads: readonly Props[],
  { masked = false, known = [] as string[], events = new Map<string, string>() } = {},
) {
  const statistics = new Statistics();
  statistics.add(leads.map((props, index) => leadOf(index + 1, props)));
  const masking = new Masking('key', masked, () => events);
  const properties = new ShownProperties(statistics, masking);
  const keys = new Map<string, string>();
  const subjects = subjectsOf(statistics, known, keys);
  const of = (property: string) => {
    const subject = subjects.find((one) => one.property === property);
    assert.ok(subject, property);
    return { subject, row: properties.row(subject), ...properties.detail(subject) };
  };
  return { statistics, properties, subjects, keys, of };
}

const ada: Props = {
  $name: 'Ada Lovelace',
  $email: 'ada@example.com',
  $phone: '+44 20 7946 0001',
  note: 'Write to ada@example.com',
  phone_number: 442079460001,
  'of ada@example.com': 1,
  friends: ['Ada Lovelace', 'grace@example.com'],
};

describe('The rows of Explore Properties', () => {
  afterEach(() => speak('en', undefined));

  it('are the documented properties, then the others, most leads first, then events, each with its three properties', () => {
    const { subjects, of } = shown(
      [
        { b: 1, c: 1, $event_7_count: 3, $event_7_first: '2020-01-01T00:00:00', $event_7_last: '2021-01-01T00:00:00' },
        { c: 2, $event_7_count: 4, $event_7_last: '2022-01-01T00:00:00' },
      ],
      { known: ['never seen', '$event_9_count'], events: new Map([['7', 'Order completed']]) },
    );
    const names = subjects.map(({ property }) => property);
    assert.equal(names[0], '$name');
    assert.deepEqual(names.slice(names.indexOf('c')), ['c', 'b', 'never seen', '$event_7_count', '$event_9_count']);
    const { row, detail } = of('$event_7_count');
    assert.deepEqual([row.title, row.name, row.count, row.types], ['Order completed', '$event_7', 2, ['event']]);
    assert.deepEqual(
      detail.facts.map(({ title, value }) => [
        title,
        value.kind === 'date' ? new Date(value.time).getUTCFullYear() : value,
      ]),
      [
        ['Times, all leads together', { kind: 'number', text: '7' }],
        ['First', 2020],
        ['Last', 2022],
      ],
    );
    assert.deepEqual([of('never seen').row.count, of('$event_9_count').row.title], [0, 'Event 9']);
    assert.deepEqual(
      ordersOf(of('$event_7_count').subject).map(({ property }) => property),
      ['$event_7_last', '$event_7_count', '$event_7_first'],
    );
  });

  it('say how often an event came also where counts are sent as texts, and nothing where none is a number', () => {
    const { of } = shown([{ $event_7_count: '9', $event_8_count: 'x' }, { $event_7_count: '10' }]);
    const { row, detail } = of('$event_7_count');
    const text = (value: ShownValue | undefined) => value && 'text' in value && value.text;
    assert.deepEqual([text(row.smallest), text(row.largest)], ['9', '10']);
    assert.deepEqual(
      detail.facts.map(({ name, value }) => [name, value]),
      [['times', { kind: 'number', text: '19' }]],
    );
    assert.deepEqual(of('$event_8_count').detail.facts, []);
  });

  it('say how long texts and lists are, in the language of the rest', () => {
    const { of } = shown([
      { tags: ['x', 'y', 'z'], note: 'abcd', one: ['x'] },
      { tags: ['x'], note: 'a' },
    ]);
    const lengths = (property: string) => of(property).detail.types.map((type) => [type.isList, type.lengths]);
    assert.deepEqual(lengths('tags')[0], [true, '1 to 3 items']);
    assert.deepEqual(lengths('note'), [[false, '1 to 4 characters']]);
    assert.deepEqual(lengths('one')[0], [true, '1 item']);
    speak('ru', {
      '{0} item|{0} items': '{0} элемент|{0} элемента|{0} элементов',
      '{1} to {0} character|{1} to {0} characters':
        'от {1} до {0} символа|от {1} до {0} символов|от {1} до {0} символов',
    });
    assert.deepEqual(lengths('one')[0], [true, '1 элемент']);
    assert.deepEqual(lengths('note'), [[false, 'от 1 до 4 символов']]);
  });

  it('keep their keys while more is read', () => {
    const { statistics, subjects, keys } = shown([{ b: 1 }], { known: ['z'] });
    statistics.add([leadOf(9, { a: 1, c: 2, $event_1_count: 1 })]);
    const later = subjectsOf(statistics, ['z', 'y'], keys);
    for (const { property, key } of subjects) assert.equal(later.find((one) => one.property === property)?.key, key);
    assert.equal(new Set(later.map(({ key }) => key)).size, later.length);
  });

  it('have values that can be looked for: an item of a list as a list', () => {
    const { of } = shown([{ tags: ['x'], n: 5, deep: { a: 1 }, numbers: [5], lists: [['x']] }]);
    const behind = (property: string) => {
      const { detail, values } = of(property);
      const [value] = detail.frequent;
      return value?.key === undefined ? undefined : values.get(value.key)?.value;
    };
    assert.deepEqual(['tags', 'n', 'deep', 'numbers', 'lists'].map(behind), [
      ['x'],
      5,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('show no contact while contacts are masked, neither in a name nor in a value, nor in what is opened of them', () => {
    const { subjects, properties } = shown([ada], { masked: true });
    const report: Report = {
      exploration,
      properties: subjects.map((one) => ({
        row: properties.row(one),
        ...properties.detail(one),
        exact: undefined,
      })),
    };
    for (const text of [JSON.stringify(report), reportCsv(report), reportJson(report)]) {
      assert.doesNotMatch(text, /Lovelace|ada@|grace@|7946|442079460001/);
    }
    assert.match(JSON.stringify(shown([ada]).of('$email')), /ada@example\.com/);
  });

  it('are short and of one line, whatever strangers write', () => {
    for (const { text } of hostileTexts) {
      const { subjects, properties } = shown([{ [text]: text, list: [text], other: { [text]: text } }]);
      for (const subject of subjects) {
        const { title, name } = properties.row(subject);
        const values = properties
          .detail(subject)
          .detail.frequent.map(({ value }) => ('text' in value ? value.text : ''));
        for (const line of [title, name, ...values]) {
          assert.ok(line.length <= 160);
          assert.doesNotMatch(line, /[\n\r\u2028\u2029\u202E]/);
        }
      }
    }
  });
});

const exploration: ShownExploration = {
  title: 'App · All leads',
  source: 'All 2 leads of the list.',
  leads: 2,
  notes: [],
  state: 'read',
  progress: 1,
  canCount: true,
  masked: false,
};

describe('What is opened of Explore Properties', () => {
  afterEach(() => speak('en', undefined));

  const { subjects, properties } = shown([
    { amount: 5, '=cmd|x': '=1+1', when: '2020-01-01T00:00:00', 'a "b", c': true },
    { amount: 12.5 },
  ]);
  const report: Report = {
    exploration,
    properties: subjects.map((subject) => ({
      row: properties.row(subject),
      ...properties.detail(subject),
      exact: subject.property === 'amount' ? { state: 'counted', count: 70 } : undefined,
    })),
  };

  it('has a line a property as CSV, and no formula', () => {
    const lines = reportCsv(report).split('\r\n');
    assert.equal(lines.length, subjects.length + 2);
    assert.match(
      lines[0] ?? '',
      /^name,title,group,types,leads,of_leads,exact,smallest,largest,different_values,most_frequent$/,
    );
    assert.ok(
      lines.some((line) => line.startsWith('amount,amount,Custom properties,number,2,2,70,5,12.5,2,')),
      lines.join('\n'),
    );
    const formula = lines.find((line) => line.includes('cmd'));
    assert.match(formula ?? '', /^'=cmd\|x,'=cmd\|x,.*,'=1\+1,'=1\+1,1,/);
  });

  it('has the same names as JSON in every language', () => {
    speak('ru', { 'Times, all leads together': 'Сколько раз', First: 'Впервые', Last: 'Последний раз' });
    const { of } = shown([{ $event_7_count: 3, $event_7_first: '2020-01-01T00:00:00' }]);
    const { row, detail } = of('$event_7_count');
    const written = reportJson({ exploration, properties: [{ row, detail, exact: undefined }] });
    const [event] = (JSON.parse(written) as { properties: Record<string, unknown>[] }).properties;
    assert.deepEqual([event?.times, event?.first], [3, '2020-01-01T00:00:00Z']);
  });

  it('has all that is shown as JSON', () => {
    const { properties: all } = JSON.parse(reportJson(report)) as { properties: Record<string, unknown>[] };
    assert.deepEqual(
      all.find(({ name }) => name === 'amount'),
      {
        name: 'amount',
        title: 'amount',
        group: 'Custom properties',
        leads: 2,
        exact: 70,
        types: [{ type: 'number', leads: 2, smallest: 5, largest: 12.5 }],
        different_values: 2,
        most_frequent: [
          { value: 5, count: 1 },
          { value: 12.5, count: 1 },
        ],
      },
    );
    assert.deepEqual(all.find(({ name }) => name === 'when')?.types, [
      { type: 'date', leads: 1, smallest: '2020-01-01T00:00:00Z', largest: '2020-01-01T00:00:00Z' },
    ]);
  });
});

describe('The messages of Explore Properties', () => {
  const messages: PageMessage[] = [
    { type: 'ready', timeZone: 'Asia/Tokyo' },
    { type: 'refresh' },
    { type: 'choose' },
    { type: 'cancel' },
    { type: 'select', key: '1' },
    { type: 'showLeads', key: '1' },
    { type: 'findValue', key: '1' },
    { type: 'sort', key: '1', index: 0 },
    { type: 'count', keys: ['1', '2'] },
    { type: 'openAs', format: 'csv' },
  ];

  it('are read as they were sent, and nothing else is', () => {
    for (const message of messages) assert.deepEqual(decodePageMessage(message), message);
    for (const strange of [
      undefined,
      {},
      { type: 'eval' },
      { type: 'select' },
      { type: 'sort', key: '1' },
      { type: 'count', keys: [1] },
      { type: 'count', keys: Array.from({ length: 101 }, String) },
      { type: 'openAs', format: 'exe' },
    ])
      assert.equal(decodePageMessage(strange), undefined);
    fc.assert(fc.property(fc.anything(), (value) => void decodePageMessage(value)));
  });
});
