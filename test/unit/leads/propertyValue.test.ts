import assert from 'node:assert/strict';
import { ExactNumber } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { isolated, singleLine } from '../../../src/leads/text';
import { typedProperty, typedValue, valueText } from '../../../src/leads/values';
import { parseDate } from '../../../src/dashly/dates';
import { dateInUtc, dateText, parseUnixTime, relativeTime } from '../../../src/leads/dates';

describe('a date', () => {
  const tokyo = { timeZone: 'Asia/Tokyo' };

  it("is shown in the user's zone, with UTC beside it", () => {
    const date = parseDate('2014-06-17T20:56:03')!;
    assert.deepEqual(date, { time: Date.UTC(2014, 5, 17, 20, 56, 3), dateOnly: false });
    assert.equal(dateText(date, tokyo).replaceAll('\u202F', ' '), 'Jun 18, 2014, 5:56:03 AM GMT+9');
    assert.equal(dateInUtc(date), '2014-06-17T20:56:03Z');
    assert.deepEqual(parseUnixTime(1403038563), date);
    assert.equal(parseUnixTime(1e300), undefined);
    assert.equal(parseUnixTime(NaN), undefined);
  });

  it('without a time is that day in every zone', () => {
    const day = parseDate('2014-06-17')!;
    for (const timeZone of ['Pacific/Honolulu', 'UTC', 'Pacific/Kiritimati']) {
      assert.equal(dateText(day, { timeZone }), 'Jun 17, 2014');
    }
    assert.equal(dateInUtc(day), '2014-06-17');
  });
});

describe('a value by what it is', () => {
  it('keeps numbers digit for digit', () => {
    assert.deepEqual(typedValue(new ExactNumber('1448121617782670208')), {
      kind: 'number',
      text: '1448121617782670208',
    });
    assert.deepEqual(typedValue(4.5), { kind: 'number', text: '4.5' });
  });

  it('knows booleans, lists, nothing, and what the documentation does not know', () => {
    assert.deepEqual(typedValue(false), { kind: 'boolean', value: false });
    assert.deepEqual(typedValue(null), { kind: 'unset' });
    assert.deepEqual(typedValue(undefined), { kind: 'unset' });
    const list = typedValue(['a', 2, '2014-06-17', [true]]);
    assert.equal(list.kind === 'list' && list.items.map((item) => item.kind).join(), 'text,number,date,list');
    assert.equal(valueText(list), 'a, 2, Jun 17, 2014, true');
    assert.equal(valueText(typedValue(null)), '');
    assert.deepEqual(typedValue({ a: new ExactNumber('1448121617782670208') }), {
      kind: 'json',
      text: '{"a":1448121617782670208}',
    });
  });

  it('is JSON where lists are nested deeper than anybody looks', () => {
    for (const levels of [100, 3_000, 50_000]) {
      const deep = parseJson('['.repeat(levels) + '1' + ']'.repeat(levels));
      assert.match(valueText(typedValue(deep)), /^\[+1\]+$/);
    }
    assert.equal(valueText(typedValue(parseJson('[[[[[[[["a"]]]],5]]]]'))), 'a, 5');
  });

  it('is text for a contact even when it looks like a date', () => {
    assert.equal(typedProperty('$name', '2014-06-17').kind, 'text');
    assert.equal(typedProperty('birthday', '2014-06-17').kind, 'date');
  });
});

describe('a relative time', () => {
  const now = Date.UTC(2020, 0, 1);
  const cases: [number, string][] = [
    [0, 'now'],
    [-59, 'now'],
    [-60, '1 minute ago'],
    [-3599, '59 minutes ago'],
    [-3600, '1 hour ago'],
    [-86_399, '23 hours ago'],
    [-86_400, '1 day ago'],
    [-7 * 86_400, '1 week ago'],
    [-31 * 86_400, '1 month ago'],
    [-366 * 86_400, '1 year ago'],
    [3 * 86_400, 'in 3 days'],
  ];
  for (const [seconds, words] of cases) {
    it(`of ${seconds} s is "${words}"`, () => assert.equal(relativeTime(now + seconds * 1000, now), words));
  }
});

describe('text on a single line', () => {
  it('shows what would be invisible and bends nothing', () => {
    assert.equal(singleLine('a\r\nb\tc'), 'a b c');
    assert.equal(singleLine('evil\u202Egpj.exe'), 'evil\\u202Egpj.exe');
    assert.equal(singleLine('\u0007bell'), '\\u0007bell');
    assert.equal(singleLine('half \uD83D pair'), 'half \\uD83D pair');
  });

  it('leaves emoji, right-to-left and combined writing alone', () => {
    for (const text of ['👩‍👩‍👧‍👦', 'مرحبا', 'नमस्ते', 'می‌خواهم', 'Zoë', '$(trash)']) {
      assert.equal(singleLine(text), text);
    }
  });

  it('is the same whether or not a character stands in it that has to be looked for', () => {
    for (let code = 0; code <= 0xffff; code++) {
      const text = `a${String.fromCharCode(code)}b`;
      assert.equal(singleLine(`${text}\u2060`), `${singleLine(text)}\\u2060`, `U+${code.toString(16)}`);
      assert.equal(isolated(`${text}語`).length - 1, isolated(text).length, `U+${code.toString(16)}`);
    }
  });

  it('is cut to its length, not within a character', () => {
    assert.equal(singleLine('abcdef', 4), 'abc…');
    assert.equal(singleLine('ab😀😀', 4), 'ab…');
    assert.equal(singleLine('x'.repeat(1e6)).length, 200);
  });
});
