import assert from 'node:assert/strict';
import { DashlyError } from '../../../src/dashly/errors';
import type { Lead } from '../../../src/dashly/lead';
import { Masking } from '../../../src/leads/masking';
import { DrawnRows, type RowElement } from '../../../src/editor/drawnRows';
import type { LeadElement } from '../../../src/leads/leadElement';
import { type LeadsTreeRow, type OtherRow, rowId, rowWords, type RowWords } from '../../../src/tree/leadsTreeRows';

function lead(id: number, name = `Lead number ${id}`): LeadsTreeRow & { readonly lead: Lead } {
  const props = { $name: name };
  return { kind: 'lead', lead: { id: String(id), presence: 'offline', props, record: {} } };
}

const leads = (count: number): LeadsTreeRow[] => Array.from({ length: count }, (_, index) => lead(index));
const more = { kind: 'more', loaded: 3, total: 9 } as const;

describe('The rows that VS Code has read', () => {
  let rows: DrawnRows<LeadElement, OtherRow, RowWords>;
  const kindsOf = (changed: readonly RowElement<LeadElement, OtherRow>[] | 'all') =>
    changed === 'all'
      ? changed
      : changed.map((element) => (element.kind === 'lead' ? element.lead.id : element.row.kind));
  const masking = new Masking('key');
  beforeEach(
    () =>
      (rows = new DrawnRows<LeadElement, OtherRow, RowWords>(rowId, (row) =>
        rowWords(row, { masking, now: 0 }, undefined),
      )),
  );

  it('are not read again by a refresh that changes nothing, and stand for the newest records', () => {
    const before = rows.read([...leads(10_000), more]);
    const fresh = leads(10_000);
    assert.deepEqual(rows.update([...fresh, { ...more }]), []);
    const [first] = before;
    assert.ok(first?.kind === 'lead' && fresh[0]?.kind === 'lead' && first.lead === fresh[0].lead);
    assert.equal(rows.elementOf('0'), first);
  });

  it('are read again one by one: what was changed, and the last row while a page is read', () => {
    const elements = rows.read([...leads(10_000), more]);
    const changed = rows.update([
      ...leads(5),
      lead(5, 'Renamed'),
      ...leads(10_000).slice(6),
      { ...more, kind: 'reading' },
    ]);
    assert.deepEqual(kindsOf(changed), ['5', 'reading']);
    assert.equal(changed[0], elements[5]);
    assert.equal(changed[1], elements.at(-1));
    assert.deepEqual(rows.update([...leads(5), lead(5, 'Renamed'), ...leads(10_000).slice(6), more]).length, 1);
  });

  it('are all read again when their order or number changes, or very many of them', () => {
    rows.read(leads(300));
    assert.equal(rows.update([lead(1), lead(0), ...leads(300).slice(2)]), 'all');
    assert.equal(rows.update([...leads(300), more]), 'all');
    assert.equal(rows.update(leads(299)), 'all');
    assert.equal(rows.update(leads(300).map((_, id) => lead(id, 'Renamed'))), 'all');
  });

  it('are read again where VS Code keeps a tooltip, when all of these say something else', () => {
    const [first] = rows.read(leads(3));
    rows.keepsTooltip('0');
    assert.deepEqual(rows.withTooltips(), [first]);
    assert.deepEqual(rows.withTooltips(), []);
  });

  it('keep their elements when all are read again', () => {
    const [first, second] = rows.read([lead(1), lead(2), more]);
    const [newest, ...others] = rows.read([lead(3), lead(1), lead(2), { kind: 'reading', loaded: 3, total: 9 }]);
    assert.ok(newest?.kind === 'lead' && newest.lead.id === '3');
    assert.deepEqual(others.slice(0, 2), [first, second]);
    assert.equal(others[0], first);
  });

  it('are read again for their tooltip alone where VS Code keeps an old one', () => {
    rows.read([lead(1), lead(2)]);
    rows.keepsTooltip('1');
    assert.deepEqual(kindsOf(rows.update([lead(1), lead(2)])), ['1']);
    assert.deepEqual(rows.update([lead(1), lead(2)]), []);
  });

  it('are looked at again when something besides the leads has changed', () => {
    let now = 'one';
    const timed = new DrawnRows<LeadElement, OtherRow, { now: string }>(rowId, () => ({ now }));
    const same = leads(3);
    timed.read(same);
    now = 'two';
    assert.deepEqual(timed.update(same), []);
    assert.deepEqual(kindsOf(timed.update(same, { all: true })), ['0', '1', '2']);
    now = 'three';
    assert.equal(timed.updateLead('1')?.lead.id, '1');
    assert.equal(timed.updateLead('1'), undefined);
  });

  it('keep the words with which they were last told apart', () => {
    const label = (id: string) => rows.wordsAt(id)?.label;
    rows.read([lead(1), more]);
    assert.deepEqual([label('1'), label('last'), label('2')], ['Lead number 1', 'Load more', undefined]);
    rows.update([lead(1, 'Renamed'), { ...more, kind: 'reading' }]);
    assert.deepEqual([label('1'), label('last')], ['Renamed', 'Loading…']);
    rows.read([lead(1, 'Read anew')]);
    assert.deepEqual([label('1'), label('last')], ['Read anew', undefined]);
  });

  it('say nothing that the service said while contacts are masked', () => {
    const error = new DashlyError('validation', { serviceMessage: 'no maks@example.com' });
    const text = (masked: boolean) =>
      JSON.stringify(rowWords({ kind: 'failed', error }, { masking: new Masking('key', masked), now: 0 }, undefined));
    assert.match(text(false), /maks/);
    assert.doesNotMatch(text(true), /maks/);
  });
});
