import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DashlyClient } from '../../src/dashly/client';
import { CurrentLeads } from '../../src/leads/currentLeads';
import { Masking } from '../../src/leads/masking';
import { TestApi } from '../service/testApi';
import { TestApp } from '../service/testApp';
import { serveSampleApi } from '../service/server';
import { LeadSearch, searchDebounce } from '../../src/search/leadSearch';
import { searchFilters } from '../../src/leads/searchFilters';
import { searchRows } from '../../src/search/searchRows';
import type { BenchResult, Benchmark } from './result';

const repetitions = 15;
/** What a person types, key by key; the last one matches nothing, so that every field of every lead is read. */
const typed = ['m', 'ma', 'mar', 'mari', 'maria', 'example', 'no such lead'];

/** Keystroke to rows among 10,000 loaded leads; and what the search adds to the pause and one bare request. */
const benchmark: Benchmark = async () => {
  const server = await serveSampleApi(new TestApi(new TestApp()));
  const client = new DashlyClient({ address: server.address, app: '$self_app', token: server.token });
  const current = new CurrentLeads(50);
  try {
    current.setConnection({
      name: 'bench',
      client,
      isSample: true,
      key: 'bench',
      fingerprint: () => Promise.resolve(''),
    });
    await current.list!.loadAll(new AbortController().signal);
    assert.equal(current.list!.leads.length, 10_000);
    return [keystrokes(current), await roundTrip(current, server)];
  } finally {
    current.dispose();
    await server.close();
  }
};

function keystrokes(current: CurrentLeads): BenchResult {
  const search = new LeadSearch(current);
  const masking = new Masking('bench');
  let slowest = 0;
  for (const text of typed) {
    const times = Array.from({ length: repetitions }, () => {
      search.setText('');
      const start = performance.now();
      search.setText(text);
      searchRows(search, { masking, now: Date.now(), viewFiltered: false, loaded: 10_000, failure: '', recent: [] });
      return performance.now() - start;
    });
    slowest = Math.max(slowest, median(times));
  }
  search.dispose();
  return {
    name: 'Search: keystroke to the matches among 10,000 loaded leads (slowest text, median)',
    value: slowest,
    unit: 'ms',
    goal: '≤ 50',
    met: slowest <= 50,
  };
}

async function roundTrip(
  current: CurrentLeads,
  { address, token }: { address: string; token: string },
): Promise<BenchResult> {
  const overheads: number[] = [];
  const texts = Array.from({ length: repetitions }, (_, index) => `example${index % 2 === 0 ? '.com' : '.org'}`);
  for (const text of texts) {
    const bare = await time(async () => {
      await delay(searchDebounce);
      const query = new URLSearchParams({
        filters: JSON.stringify(searchFilters(text)),
        offset: '0',
        limit: '50',
        id_as_string: 'true',
      });
      const response = await fetch(`${address}/apps/$self_app/users?${query}`, {
        headers: { Authorization: `Token ${token}` },
      });
      await response.json();
    });
    const search = new LeadSearch(current);
    const whole = await time(
      () =>
        new Promise<void>((resolve) => {
          search.onDidChange(() => search.state === 'ready' && resolve());
          search.setText(text);
        }),
    );
    search.dispose();
    overheads.push(whole - bare);
  }
  const overhead = median(overheads);
  return {
    name: 'Search: server matches, beyond the pause of 250 ms and one bare request (median)',
    value: overhead,
    unit: 'ms',
    goal: '≤ 20',
    met: overhead <= 20,
  };
}

async function time(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export default benchmark;
