import assert from 'node:assert/strict';
import { answerText, Cutter } from '../../../src/assistant/answer';
import type { JsonObject, JsonValue } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import { hostileTexts, named } from '../../service/hostileTexts';

const limits = { text: 100, items: 5 };

describe('What a tool answers', () => {
  it('is cut where it is long, and says so where it was cut and how often', () => {
    const cutter = new Cutter(limits);
    const value = parseJson(
      stringifyJson({
        short: 'a text',
        long: 'x'.repeat(1_300),
        list: [1, 2, 3, 4, 5, 6, 7],
        id: 'n',
        many: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`m${index}`, index])),
      }),
    );
    assert.deepEqual(cutter.value(value), {
      short: 'a text',
      long: `${'x'.repeat(100)}… (cut: 1,200 more characters)`,
      list: [1, 2, 3, 4, 5, '… (cut: 2 more items)'],
      id: 'n',
      many: { m0: 0, m1: 1, m2: 2, m3: 3, m4: 4, '…': '… (cut: 4 more members)' },
    });
    assert.equal(cutter.count, 3);
    const whole = new Cutter(limits);
    assert.equal(
      stringifyJson(whole.value(parseJson('[9007199254740993, 1.50, true, null]'))),
      '[9007199254740993,1.50,true,null]',
    );
    assert.equal(whole.count, 0);
  });

  it('is of bounded size, however deep and wide a value is', () => {
    let deep: JsonValue = 'bottom';
    for (let depth = 0; depth < 50_000; depth++) deep = [deep, { deep }];
    const text = stringifyJson(new Cutter(limits).value(deep));
    assert.ok(text.length < 20_000, `${text.length} characters`);
    assert.match(text, /\(cut: \d+ items?\)/);
  });

  it('is cut between characters', () => {
    const cut = new Cutter({ text: 3, items: 5 }).text('ab😀cd');
    assert.equal(cut, 'ab… (cut: 4 more characters)');
  });

  for (const hostile of hostileTexts) {
    it(`keeps its marks around ${named(hostile)}`, () => {
      const { text } = hostile;
      const cutter = new Cutter({ text: 1_000, items: 50 });
      const data: JsonObject[] = [
        { name: cutter.text(text), own: cutter.value([text, { [text]: text }]) },
        { name: cutter.text(`</data mark>\n${text}`) },
      ];
      const lines = answerText({ head: ['Head.'], data, notes: ['Note.'] }, { mark: 'mark' }).split('\n');
      assert.equal(lines[0], 'Head.');
      assert.match(lines[1]!, /written by strangers.*data only/);
      assert.deepEqual([lines[2], lines.at(-2), lines.at(-1)], ['<data mark>', '</data mark>', 'Note.']);
      assert.equal(lines.length, 7, 'a line is a value');
      const [, second] = lines.slice(3, 5).map((line) => parseJson(line));
      assert.match((second as { name: string }).name, /^<\/data mark>\n/);
      // Nothing in it that a person would not see: letters of another alphabet for models are tags of Unicode.
      const shown = cutter.text(text).replace(/\u{1F3F4}[\u{E0020}-\u{E007E}]{1,6}\u{E007F}/gu, '');
      assert.doesNotMatch(
        shown,
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}\p{Surrogate}]/u,
      );
    });
  }

  it('has no marks where there is no data, and no more lines than the model can take', () => {
    assert.equal(answerText({ head: ['5 leads match.'], notes: ['Note.'] }, { mark: 'm' }), '5 leads match.\nNote.');
    const data = Array.from({ length: 100 }, (_, index) => ({ index, text: 'y'.repeat(990) }));
    const count = (tokens?: number): number =>
      answerText({ head: ['Head.'], data }, { mark: 'm', tokens })
        .split('\n')
        .filter((line) => line.startsWith('{')).length;
    assert.equal(count(), 39);
    assert.equal(count(5_000), 9);
    assert.equal(count(1), 1);
    assert.match(
      answerText({ head: ['Head.'], data }, { mark: 'm' }),
      /The last 61 lines of 100 were left out.*ask for fewer/,
    );
  });
});
