import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { parseJson } from '../../src/dashly/jsonReader';
import { maxAnswerBytes, maxPageSize } from '../../src/dashly/lead';
import { sampleAddress, SampleApi } from '../../src/sample/sampleApi';
import { SampleApp } from '../../src/sample/sampleApp';
import { type BenchResult, type Benchmark, median } from './result';

/** What exact numbers cost: texts read by `parseJson` and by `JSON.parse`. */
const benchmark: Benchmark = async () => {
  const page = await leadsPage();
  let price = 0;
  const prices = (): string => Array.from({ length: 20 }, () => `${(price++ % 97) + 1}.${price % 10}0`).join(',');
  return [
    measured('a page of 50 leads by parseJson, against JSON.parse (time)', page, 1.5),
    measured(
      'the same with a number beyond 2^53 in every lead (time)',
      withMore(page, () => '"order_id":1448121617782670208'),
      1.7,
    ),
    measured(
      'the same with 1,000 numbers like 19.90 (time)',
      withMore(page, () => `"prices":[${prices()}]`),
      2.2,
    ),
    measured('the largest answer, of numbers like 1.0 (time)', filled('1.0'), 20, 7),
    measured('the largest answer, of lists with a number like 1.0 (time)', filled('[1.0]'), 20, 7),
    measured('the largest answer, of members with a number like 1.0 (time)', filled('{"a":1.0}'), 20, 7),
    measured('the largest answer, of names that stand twice (time)', filled('{"a":1,"a":1.0}'), 20, 7),
  ];
};

/** A list of the same as long as the largest answer. */
function filled(item: string): string {
  return `[${`${item},`.repeat(Math.floor(maxAnswerBytes / (item.length + 1)) - 1)}${item}]`;
}

/** The page with another property at the beginning of every lead's. */
function withMore(page: string, member: () => string): string {
  const changed = page.replaceAll('"props":{', () => `"props":{${member()},`);
  assert.notEqual(changed, page);
  return changed;
}

async function leadsPage(): Promise<string> {
  const api = new SampleApi(new SampleApp({ leads: 1000 }));
  const url = `${sampleAddress}/apps/$self_app/users?limit=${maxPageSize}&offset=500&id_as_string=true`;
  return api.handle(new Request(url, { headers: { authorization: `Token ${api.token}` } })).text();
}

/** Medians of many short readings that take turns, so that what else the machine does falls on both alike. */
function measured(name: string, text: string, goal: number, rounds = 201): BenchResult {
  const times: [number[], number[]] = [[], []];
  // The first third warms up.
  for (let round = -Math.floor(rounds / 2); round < rounds; round++) {
    for (const [which, parse] of [JSON.parse, parseJson].entries()) {
      const start = performance.now();
      parse(text);
      if (round >= 0) times[which]!.push(performance.now() - start);
    }
  }
  const value = median(times[1]) / median(times[0]);
  return { name, value, unit: 'times', goal: `≤ ${goal}`, met: value <= goal };
}

export default benchmark;
