import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { parseJson } from '../../src/dashly/json';
import { maxPageSize } from '../../src/dashly/lead';
import { sampleAddress, SampleApi } from '../../src/sample/sampleApi';
import { SampleApp } from '../../src/sample/sampleApp';
import type { BenchResult, Benchmark } from './result';

const rounds = 201;
const maxRatio = 1.5;
const maxRatioWithLongNumbers = 2;

/** What exact numbers cost: a page of 50 leads read by `parseJson` and by `JSON.parse`. */
const benchmark: Benchmark = async () => {
  const page = await leadsPage();
  const withLongNumbers = page.replaceAll('"props":{', '"props":{"order_id":1448121617782670208,');
  assert.notEqual(withLongNumbers, page);
  return [
    measured('a page of 50 leads by parseJson, against JSON.parse (time)', page, maxRatio),
    measured('the same with a number beyond 2^53 in every lead (time)', withLongNumbers, maxRatioWithLongNumbers),
  ];
};

async function leadsPage(): Promise<string> {
  const api = new SampleApi(new SampleApp({ leads: 1000 }));
  const url = `${sampleAddress}/apps/$self_app/users?limit=${maxPageSize}&offset=500&id_as_string=true`;
  return api.handle(new Request(url, { headers: { authorization: `Token ${api.token}` } })).text();
}

/** Medians of many short readings that take turns, so that what else the machine does falls on both alike. */
function measured(name: string, text: string, goal: number): BenchResult {
  const times: [number[], number[]] = [[], []];
  // The first third warms up.
  for (let round = -rounds / 2; round < rounds; round++) {
    for (const [which, parse] of [JSON.parse, parseJson].entries()) {
      const start = performance.now();
      parse(text);
      if (round >= 0) times[which]!.push(performance.now() - start);
    }
  }
  const value = median(times[1]) / median(times[0]);
  return { name, value, unit: 'times', goal: `≤ ${goal}`, met: value <= goal };
}

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

export default benchmark;
