import assert from 'node:assert/strict';
import { grouped, groupedDigits, language, ofTotal, plural, speak } from '../../src/language';
import { parseDate } from '../../src/dashly/dates';
import { dateText, relativeTime, shortPastTime } from '../../src/leads/dates';

describe('Words, numbers and dates', () => {
  const leads = { '{0} lead|{0} leads': '{0} лид|{0} лида|{0} лидов', '{0} of {1}': '{0} из {1}' };
  const forms = '{0} lead|{0} leads';
  const now = Date.UTC(2026, 0, 1);
  afterEach(() => speak('en', undefined));

  it('are in the language of VS Code where there are texts in it', () => {
    speak('ru', leads);
    assert.equal(language(), 'ru');
    assert.equal(grouped(12_345), '12\u00a0345');
    assert.equal(groupedDigits('-1234567.25'), '-1\u00a0234\u00a0567,25');
    assert.equal(ofTotal({ loaded: 1, total: 2 }), '1 из 2');
    assert.equal(dateText(parseDate('2014-06-17')!), '17 июн. 2014 г.');
    assert.equal(relativeTime(now - 120_000, now), '2 минуты назад');
    assert.equal(shortPastTime(now - 120_000, now), '2 мин');
  });

  it('are in English where there are none', () => {
    speak('de', undefined);
    assert.equal(language(), 'en');
    assert.equal(plural(12_345, forms), '12,345 leads');
    assert.equal(relativeTime(now - 120_000, now), '2 minutes ago');
  });

  const russian: [number, string][] = [
    [0, '0 лидов'],
    [1, '1 лид'],
    [2, '2 лида'],
    [4, '4 лида'],
    [5, '5 лидов'],
    [11, '11 лидов'],
    [12, '12 лидов'],
    [21, '21 лид'],
    [22, '22 лида'],
    [111, '111 лидов'],
    [1001, '1\u00a0001 лид'],
  ];
  for (const [number, words] of russian) {
    it(`count ${number} as "${words}"`, () => {
      speak('ru', leads);
      assert.equal(plural(number, leads[forms]), words);
    });
  }

  it('count in English, with what else stands in the text', () => {
    assert.equal(plural(0, forms), '0 leads');
    assert.equal(plural(1, '{0} lead of {1}|{0} leads of {1}', 'a|b {0}'), '1 lead of a|b {0}');
    assert.equal(plural(2, '{0} lead of {1}|{0} leads of {1}', 'a|b {0}'), '2 leads of a|b {0}');
  });
});
