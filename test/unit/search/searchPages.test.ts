import assert from 'node:assert/strict';
import { type Filters, type Lead, type LeadsPage, queryCap } from '../../../src/dashly/lead';
import { SearchPages } from '../../../src/search/searchPages';

const all: Filters = { type: 'and', filters: [] };

/** What is found, and where it was asked for, when the service has `count` leads and says there are `total`. */
async function search(count: number, total = count, shortenedAt?: number): Promise<{ found: number; asked: number[] }> {
  const asked: number[] = [];
  const pages = new SearchPages(
    {
      listLeads: ({ offset, limit }): Promise<LeadsPage> => {
        asked.push(offset);
        assert.ok(offset + limit <= queryCap);
        const rows = Math.max(0, Math.min(limit, count - offset) - (offset === shortenedAt ? 10 : 0));
        const leads = Array.from({ length: rows }, (_, row): Lead => ({
          id: String(offset + row + 1),
          presence: '',
          props: {},
          record: {},
        }));
        return Promise.resolve({ total, leads, received: rows, skipped: [] });
      },
    },
    [all],
  );
  let found = 0;
  while (pages.more) found += (await pages.next(new AbortController().signal)).leads.length;
  return { found, asked };
}

describe('The pages of a search', () => {
  it('end where rows and count agree, without asking for an empty page', async () => {
    assert.deepEqual(await search(0), { found: 0, asked: [0] });
    assert.deepEqual(await search(50), { found: 50, asked: [0] });
    assert.deepEqual(await search(120), { found: 120, asked: [0, 50, 100] });
  });

  it('go on behind a page that was cut short, and where the count is too small', async () => {
    assert.deepEqual(await search(120, 120, 0), { found: 120, asked: [0, 40, 90] });
    assert.deepEqual(await search(120, 20), { found: 120, asked: [0, 50, 100] });
  });

  it('end where nothing comes, whatever the count says, and at the cap', async () => {
    assert.deepEqual(await search(70, 1000), { found: 70, asked: [0, 50, 70] });
    assert.equal((await search(20_000)).found, queryCap);
  });
});
