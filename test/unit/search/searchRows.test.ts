import assert from 'node:assert/strict';
import { speak } from '../../../src/language';
import { plain } from '../../../src/leads/text';
import { ExactNumber } from '../../../src/dashly/json';
import { Masking } from '../../../src/leads/masking';
import { recognize } from '../../../src/search/recognized';
import { fieldMatch, searchNeedle } from '../../../src/search/searchFields';
import {
  searchRows,
  searchTitle,
  type RowContext,
  type SearchRow,
  type ShownSearch,
} from '../../../src/search/searchRows';
import type { Lead } from '../../../src/dashly/lead';
import { lead } from './searchWorld';

const now = Date.UTC(2026, 0, 2);

function context(more: Partial<RowContext> = {}): RowContext {
  return { masking: new Masking('key'), now, viewFiltered: false, loaded: 0, failure: '', recent: [], ...more };
}

function found(text: string, leads: readonly Lead[], more: Partial<ShownSearch> = {}): ShownSearch {
  const hits = leads.map((one) => ({ lead: one, match: fieldMatch(one, searchNeedle(text)) }));
  return { text, scope: 'app', state: 'ready', hits, total: leads.length, more: false, ...more };
}

function row(rows: readonly SearchRow[], kind: SearchRow['kind']): SearchRow {
  const one = rows.find((candidate) => candidate.kind === kind);
  assert.ok(one, `a row "${kind}"`);
  return one;
}

describe('searchRows', () => {
  afterEach(() => speak('en', undefined));
  const maks = lead('1', { $name: 'Maks', $email: 'maks@example.com', $phone: new ExactNumber('4930123456789012345') });

  it('tells where the match is when the row does not show it anyway', () => {
    const [byName] = searchRows(found('mak', [maks]), context());
    assert.deepEqual([byName?.label, byName?.description], ['Maks', 'maks@example.com']);
    const [byPhone] = searchRows(found('123456', [maks]), context());
    assert.equal(byPhone?.description, 'Phone: 4930123456789012345 · maks@example.com');
  });

  it('shows the part of a long value that matches', () => {
    const long = lead('1', { $name: 'Long', $user_id: `${'x'.repeat(500)}needle${'y'.repeat(500)}` });
    const [first] = searchRows(found('needle', [long]), context());
    assert.match(first?.description ?? '', /User ID: …x+needley+…/);
    assert.ok((first?.description.length ?? 0) < 300);
  });

  it('masks what matched while contacts are masked', () => {
    const masking = new Masking('key', true);
    const rows = searchRows(found('123456', [maks]), context({ masking }));
    const said = JSON.stringify(rows.map(({ label, description }) => [label, description]));
    assert.doesNotMatch(said, /Maks|maks@|123456/i);
  });

  it('says how many there are and what was searched', () => {
    const note = (search: ShownSearch, more: Partial<RowContext> = {}): string[] => {
      const { label, description } = row(searchRows(search, context(more)), 'note');
      return [label, description];
    };
    assert.deepEqual(note(found('mak', [maks])), ['1 match', '']);
    assert.deepEqual(note(found('mak', [maks], { total: 12_340, more: true })), ['1 of 12,340 matches', '']);
    assert.deepEqual(note(found('mak', [maks], { total: undefined, more: true })), ['1 match so far', '']);
    assert.deepEqual(note(found('mak', [], { total: 0 })), ['No lead matches “mak”', '']);
    assert.deepEqual(note(found('mak', [], { state: 'waiting' })), ['Searching…', '']);
    assert.match(note(found('mak', [maks]), { viewFiltered: true })[1]!, /also those outside this view/);
    assert.match(note(found('mak', [maks], { scope: 'view' }), { viewFiltered: true })[1]!, /^Only leads of this view/);
    assert.match(
      note(found('mak', [maks], { scope: 'view', state: 'impossible' }), { viewFiltered: true, loaded: 1234 })[1]!,
      /only its 1,234 loaded leads were searched/,
    );
    assert.match(note(found('mak', [maks], { total: 12_345 }))[1]!, /gives no more through one search/);
  });

  it('says above the rows how many there are, and what was searched when that is in question', () => {
    const search = found('mak', [maks], { total: 340, more: true });
    assert.equal(searchTitle('Search', search, context()), 'Search — 1 of 340 matches');
    assert.equal(
      searchTitle('Search', search, context({ viewFiltered: true })),
      'Search — 1 of 340 matches — all leads, not only this view',
    );
    assert.equal(searchTitle('Search', found('', []), context({ viewFiltered: true })), 'Search');
  });

  it('counts in the language of VS Code by the number that decides its form', () => {
    speak('ru', {
      '{1} of {0} match|{1} of {0} matches': '{1} из {0} совпадения|{1} из {0} совпадений|{1} из {0} совпадений',
    });
    const title = (total: number): string =>
      searchTitle('Найти', found('mak', [maks], { total, more: true }), context());
    assert.equal(title(21), 'Найти — 1 из 21 совпадения');
    assert.equal(title(22), 'Найти — 1 из 22 совпадений');
    speak('en', undefined);
    assert.equal(title(21), 'Найти — 1 of 21 matches');
  });

  it('offers more, and a retry that says what failed, and keeps what was found', () => {
    const rows = searchRows(
      found('mak', [maks], { more: true, state: 'failed' }),
      context({ failure: 'The service is down.' }),
    );
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['lead', 'failed', 'more'],
    );
    assert.equal(row(rows, 'failed').label, 'The service is down.');
  });

  it('shows earlier searches while nothing is typed, and never the lead that cannot be chosen', () => {
    const rows = searchRows(found('', []), context({ recent: ['anna', 'maks'] }));
    assert.deepEqual(
      rows.map(({ kind, label }) => [kind, label]),
      [
        ['recent', 'anna'],
        ['recent', 'maks'],
      ],
    );
    assert.deepEqual(
      searchRows(found('mak', [maks]), context({ except: '1' })).map(({ kind }) => kind),
      ['note'],
    );
  });

  it('gives every row a key of its own', () => {
    const rows = searchRows(
      found('mak', [maks, lead('2', { $name: 'mak' })], { more: true, state: 'failed' }),
      context(),
    );
    assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
  });
});

describe('plain', () => {
  it('leaves nothing that VS Code draws as an icon, and nothing else changed', () => {
    assert.doesNotMatch(plain('$(sync~spin) \\$(x) $$(y)'), /\$\(/);
    assert.equal(plain('$(sync)').replace('\u200b', ''), '$(sync)');
    assert.equal(plain('costs $5 (net)'), 'costs $5 (net)');
  });

  it('says what a pasted text is taken for, and when nobody is found what was tried and what to do', () => {
    const of = (typed: string, more: Partial<ShownSearch> = {}): [string, string, string | undefined] => {
      const recognized = recognize(typed);
      const search = found(recognized.text, [], { recognized, ...more });
      const note = row(searchRows(search, context({ viewFiltered: true })), 'note');
      return [searchTitle('Find', search, context()), note.label, note.kind === 'note' ? note.detail : undefined];
    };
    assert.deepEqual(of('a=b; dashly_uid=77', { state: 'reading' }), [
      'Find — the cookie dashly_uid',
      'Searching…',
      undefined,
    ]);
    const [, label, detail] = of('a=b; dashly_uid=77');
    assert.equal(label, 'No visitor is found by the cookie dashly_uid');
    assert.match(detail ?? '', /^It may be merged into another.*copy the cookie again\.$/);
    assert.match(
      of('79161234567').join('\n'),
      /a phone number\nNo lead matches “79161234567”\nTried as a lead ID, a User ID and as a phone number\. /,
    );
    assert.match(of('a=b; c=d').join('\n'), /^Find — cookies\nNeither dashly_uid nor carrotquest_uid .*\n$/);
    assert.deepEqual(of('Maks').slice(1), ['No lead matches “Maks”', undefined]);
    assert.equal(of('https://dashly.io/panel/1/conversations/2', { remarks: ['Another app.'] })[2], 'Another app.');
  });

  it('says that a lead was merged', () => {
    const merged = lead('1', { $name: 'Maks', $email: 'maks@example.com' });
    const search = { ...found('1', []), hits: [{ lead: merged, match: undefined, isRemoved: true }] };
    assert.match(searchRows(search, context())[0]?.description ?? '', /^Merged into another lead, or deleted · maks@/);
  });
});
