import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { parseRetryAfter } from '../../../src/dashly/retry';
import { stopTime } from './mockedTime';

const sent = 'Sun, 06 Nov 1994 08:49:37 GMT';

describe('how long Retry-After asks to wait', () => {
  beforeEach(() => stopTime(Date.parse('1994-11-06T08:00:00Z')));
  afterEach(() => mock.timers.reset());

  const understood: readonly (readonly [header: string, date: string | undefined, wait: number])[] = [
    ['0', undefined, 0],
    [' 10 ', sent, 10_000],
    ['0120', undefined, 120_000],
    ['Sun, 06 Nov 1994 08:49:47 GMT', sent, 10_000],
    ['Sunday, 06-Nov-94 08:49:47 GMT', sent, 10_000],
    ['Sun Nov  6 08:49:47 1994', 'Sun Nov  6 08:49:37 1994', 10_000],
    // It is over already.
    ['Sun, 06 Nov 1994 08:49:27 GMT', sent, 0],
    // Without a date of the answer, or with none that is one, by the clock here.
    ['Sun, 06 Nov 1994 08:00:10 GMT', undefined, 10_000],
    ['Sun, 06 Nov 1994 08:00:10 GMT', 'yesterday', 10_000],
  ];
  for (const [header, date, wait] of understood) {
    it(`is ${wait} ms for "${header}" in an answer of ${date ?? 'no date'}`, () => {
      assert.equal(parseRetryAfter(header, date), wait);
    });
  }

  const nonsense = [
    undefined,
    '',
    ' ',
    'retry in 10',
    '10 s',
    '1.5',
    '-5',
    '+5',
    '1e3',
    '0x10',
    '10, 20',
    'soon',
    'May 10',
    '1994-11-06T08:49:47Z',
    '06 Nov 1994 08:49:47 GMT',
    'Sun, 06 Nov 1994 08:49:47',
    'Sun, 06 Nov 1994 08:49:47 +0300',
    'Sun, 06 Foo 1994 08:49:47 GMT',
    'Sun, 06 Nov 1994 08:49:47 GMT, 10',
  ];
  for (const header of nonsense) {
    it(`is not said by ${JSON.stringify(header)}`, () => assert.equal(parseRetryAfter(header, sent), undefined));
  }
});
