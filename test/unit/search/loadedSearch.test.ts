import assert from 'node:assert/strict';
import type { Lead } from '../../../src/dashly/lead';
import { Emitter } from '../../../src/leads/event';
import { Masking } from '../../../src/leads/masking';
import { leadLabel } from '../../../src/leads/wording';
import { LoadedSearch } from '../../../src/search/loadedSearch';
import { searchRows } from '../../../src/search/searchRows';
import { lead } from './searchWorld';

describe('A search over the loaded leads alone', () => {
  const many = Array.from({ length: 250 }, (_, index) => lead(String(index + 1), { $name: `Lead of ${index + 1}` }));
  let leads: readonly Lead[];
  const loaded = new Emitter();
  const masking = new Masking('key');
  let search: LoadedSearch;
  beforeEach(() => {
    leads = many;
    masking.set(false);
    search = new LoadedSearch(() => leads, loaded.event, masking);
  });
  afterEach(() => search.dispose());

  const ids = (): string[] => search.hits.map((hit) => hit.lead.id);
  const rows = (): string[] =>
    searchRows(search, { masking, now: 0, viewFiltered: false, loaded: leads.length, failure: '', recent: [] }).map(
      ({ label }) => label,
    );

  it('shows a hundred of them while nothing is typed, and more on demand', () => {
    assert.equal(ids().length, 100);
    assert.deepEqual(rows().slice(-2), ['Lead of 100', 'More results…']);
    search.loadMore();
    search.loadMore();
    assert.equal(ids().length, 250);
    assert.equal(search.more, false);
  });

  it('finds what contains the text, and the lead of an id', () => {
    search.setText(' OF 24 ');
    assert.deepEqual(ids(), ['24', '240', '241', '242', '243', '244', '245', '246', '247', '248', '249']);
    assert.equal(rows().at(-1), '11 matches');
    search.setText('nobody');
    assert.deepEqual(rows(), ['No lead matches “nobody”']);
    leads = [lead('77', { $name: 'Maks' })];
    search.setText('77');
    assert.equal(search.hits[0]?.match?.property, 'id');
  });

  it('begins at the first hundred again for another text', () => {
    search.loadMore();
    search.setText('lead');
    assert.equal(ids().length, 100);
  });

  it('follows what is loaded while it is open', () => {
    search.setText('maks');
    assert.deepEqual(ids(), []);
    leads = [...many, lead('999', { $name: 'Maks' })];
    let fired = 0;
    search.onDidChange(() => fired++);
    loaded.fire();
    assert.deepEqual(ids(), ['999']);
    assert.equal(fired, 1);
  });

  it('finds leads by what is seen of them while contacts are masked', () => {
    masking.set(true);
    const wanted = many[120]!;
    search.setText(leadLabel(wanted, masking));
    assert.ok(ids().includes(wanted.id));
    assert.ok(rows().every((label) => !label.includes('Lead of')));
  });
});
