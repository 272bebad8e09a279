import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { decodeLeadsPage, type Lead, maxPageSize, queryCap } from '../../src/dashly/lead';
import { parseJson } from '../../src/dashly/jsonReader';
import { ShownProperties, subjectsOf } from '../../src/explore/rows';
import { Statistics } from '../../src/explore/statistics';
import { Masking } from '../../src/leads/masking';
import { TestApp } from '../service/testApp';
import { type BenchResult, type Benchmark, median } from './result';

/** How long the extension host is kept by a page of leads, and by all rows of an app with thousands of properties. */
const benchmark: Benchmark = () => {
  const app = new TestApp({ leads: queryCap });
  const records = app.query().map((id, index) => {
    // Each with a property of its own for every third lead, so that there are thousands.
    const text = app.json(id) ?? '{}';
    return index % 3 === 0 ? text.replace('"props":{', `"props":{"own ${index}":${index},`) : text;
  });
  const page = decodeLeadsPage(parseJson(`{"total":${records.length},"users":[${records.join(',')}]}`));
  assert.ok(page);
  assert.equal(page.leads.length, records.length);
  const { leads } = page;
  const pages = Array.from({ length: queryCap / maxPageSize }, (_, index) =>
    leads.slice(index * maxPageSize, (index + 1) * maxPageSize),
  );
  const [adding, painting] = [[], []] as [number[], number[]];
  for (let round = 0; round < 5; round++) {
    const statistics = new Statistics();
    for (const one of pages) adding.push(timed(() => statistics.add(one)));
    painting.push(timed(() => rows(statistics)));
  }
  return Promise.resolve([
    figure('a page of 50 leads looked at, the longest of 200', Math.max(...adding.slice(-200)), 16),
    figure(
      `all rows of ${leads.length.toLocaleString('en')} leads with ${names(leads).toLocaleString('en')} properties`,
      median(painting),
      200,
    ),
  ]);
};

function rows(statistics: Statistics): void {
  const shown = new ShownProperties(statistics, new Masking('key'));
  const made = subjectsOf(statistics, [], new Map()).map((subject) => shown.row(subject));
  assert.ok(made.length > 3_000);
}

function names(leads: readonly Lead[]): number {
  return new Set(leads.flatMap(({ props }) => Object.keys(props))).size;
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function figure(name: string, value: number, goal: number): BenchResult {
  return { name: `Explore Properties: ${name}`, value, unit: 'ms', goal: `≤ ${goal}`, met: value <= goal };
}

export default benchmark;
