import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Filters } from '../../../src/dashly/lead';
import { SearchPages } from '../../../src/search/searchPages';
import { dateText, lead, ModelSource } from '../crawl/modelSource';

const named: Filters = {
  type: 'or',
  filters: [{ type: 'str_contains', property_name: '$name', value: { value: 'maks' } }],
};
const { signal } = new AbortController();
const start = Date.UTC(2026, 0, 1);

/** A lead that is found, and was last seen so many minutes after the others. */
const maks = (id: number, minutes = id): ReturnType<typeof lead> =>
  lead(id, { $name: `Maks ${id}`, $last_seen: dateText(start + minutes * 60_000) });

const world = (count: number): ModelSource => new ModelSource(Array.from({ length: count }, (_, id) => maks(id + 1)));

/** What all pages give, in their order; between two of them something happens. */
async function found(pages: SearchPages, between: (page: number) => void = () => undefined): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; pages.more; page++) {
    const { leads, error } = await pages.next(signal);
    assert.equal(error, undefined);
    ids.push(...leads.map(({ id }) => id));
    between(page);
  }
  return ids;
}

describe('The pages of a search', () => {
  it('give each lead once, and end with the last', async () => {
    for (const count of [0, 1, 49, 50, 51, 99, 120]) {
      const source = world(count);
      const pages = new SearchPages(source, [named]);
      const ids = await found(pages);
      assert.deepEqual([new Set(ids).size, ids.length, pages.total], [count, count, count]);
      // One row of the page before is read again.
      assert.equal(source.queries.length, count <= 50 ? 1 : Math.ceil((count - 1) / 49), String(count));
    }
  });

  for (const [what, change] of [
    ['go away', (source: ModelSource) => [120, 119].forEach((id) => source.remove(String(id)))],
    ['come', (source: ModelSource) => [121, 122, 123].forEach((id) => source.set(maks(id)))],
    ['match no more', (source: ModelSource) => source.set(lead(118, { $name: 'Anna', $last_seen: dateText(start) }))],
    ['are seen again', (source: ModelSource) => [3, 40].forEach((id) => source.set(maks(id, 1000)))],
    ['of which one was the last that was read go away', (source: ModelSource) => source.remove('71')],
    [
      'of which a whole page was read go away',
      (source: ModelSource) => Array.from({ length: 50 }, (_, index) => source.remove(String(71 + index))),
    ],
  ] as const) {
    it(`lose and repeat nothing that stayed when leads ${what} between two of them`, async () => {
      const source = world(120);
      const before = new Map(source.leads);
      const ids = await found(new SearchPages(source, [named]), (page) => page === 1 && change(source));
      assert.equal(new Set(ids).size, ids.length);
      const stayed = [...before].filter(([id, one]) => source.leads.get(id) === one).map(([id]) => id);
      assert.deepEqual(
        stayed.filter((id) => !ids.includes(id)),
        [],
      );
    });
  }

  it('lose and repeat nothing that stayed, whatever else happens', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.tuple(fc.nat(220), fc.boolean()), { maxLength: 40 }), { maxLength: 5 }),
        async (changes) => {
          const source = world(200);
          const before = new Map(source.leads);
          const ids = await found(new SearchPages(source, [named]), (page) => {
            for (const [id, isAdded] of changes[page - 1] ?? []) {
              if (isAdded) source.set(maks(id + 1, 1000 + id));
              else source.remove(String(id + 1));
            }
          });
          assert.equal(new Set(ids).size, ids.length);
          for (const [id, one] of before) assert.ok(source.leads.get(id) !== one || ids.includes(id), id);
        },
      ),
      { numRuns: 200 },
    ));

  it('are read again at the same place after one that failed', async () => {
    const source = world(120);
    const pages = new SearchPages(source, [named]);
    const first = await pages.next(signal);
    source.before = () => Promise.reject(new Error('down'));
    const { leads, error } = await pages.next(signal);
    assert.deepEqual([leads, String(error), pages.more], [[], 'Error: down', true]);
    source.before = () => undefined;
    source.remove('120');
    const ids = [...first.leads.map(({ id }) => id), ...(await found(pages))];
    assert.deepEqual([new Set(ids).size, ids.length], [120, 120]);
  });

  it('of several filters are joined', async () => {
    const source = world(60);
    const seen: Filters = {
      type: 'and',
      filters: [{ type: 'known', property_name: '$last_seen', value: {} }],
    };
    const pages = new SearchPages(source, [named, seen]);
    const ids = await found(pages, (page) => page === 1 && source.remove('60'));
    assert.equal(new Set(ids).size, 60);
    assert.equal(pages.total, undefined);
  });
});
