import assert from 'node:assert/strict';
import type { Visitor, Visitors } from '../../../src/dashly/activeUsers';
import { minute } from '../../../src/dashly/dates';
import type { JsonObject } from '../../../src/dashly/json';
import { speak } from '../../../src/language';
import { isLeadElement } from '../../../src/leads/leadElement';
import { Masking } from '../../../src/leads/masking';
import { isPresent, OnlineVisitors } from '../../../src/online/onlineVisitors';
import {
  visitorAccessibilityLabel,
  visitorCount,
  visitorDescription,
  visitorRow,
  visitorTooltip,
} from '../../../src/online/visitorWording';

const noon = Date.UTC(2026, 0, 5, 12);

const somebody = (id: string, details: JsonObject = {}, presence = 'online'): Visitor => ({
  id,
  presence,
  details,
  record: { id, presence, presence_details: details },
});
const onPage = (id: string, page: string): Visitor => somebody(id, { $current_page_title: page });
const answer = (...visitors: Visitor[]): Visitors => ({ visitors, pages: 1, more: false, skipped: [] });

describe('Who is on the site', () => {
  let online: OnlineVisitors;
  const order = (at: number): string[] => online.at(at).map(({ visitor }) => visitor.id);
  /** How many are there, of those that are known. */
  const here = (): number => online.at(0).filter(isPresent).length;
  beforeEach(() => (online = new OnlineVisitors()));

  it('stands in the order of the service at first, and whoever does something goes to the top', () => {
    online.update(answer(onPage('1', 'A'), onPage('2', 'A'), onPage('3', 'A')), noon);
    assert.deepEqual(order(noon), ['1', '2', '3']);
    online.update(answer(onPage('3', 'A'), onPage('2', 'B'), onPage('1', 'A')), noon + 1000);
    assert.deepEqual(order(noon + 1000), ['2', '1', '3']);
    online.update(answer(onPage('4', 'A'), onPage('1', 'A'), onPage('2', 'B'), onPage('3', 'C')), noon + 2000);
    assert.deepEqual(order(noon + 2000), ['4', '3', '2', '1']);
    assert.equal(here(), 4);
  });

  it('does nothing by falling idle, and something by waking up', () => {
    online.update(answer(onPage('1', 'A'), onPage('2', 'A')), noon);
    online.update(answer(somebody('2', { $current_page_title: 'A' }, 'idle'), onPage('1', 'A')), noon + 1000);
    assert.deepEqual(order(noon + 1000), ['1', '2']);
    online.update(answer(onPage('1', 'A'), onPage('2', 'A')), noon + 2000);
    assert.deepEqual(order(noon + 2000), ['2', '1']);
  });

  it('keeps the lead of a visitor of whom nothing new was said', () => {
    online.update(answer(onPage('1', 'A')), noon);
    const [before] = online.at(noon);
    online.update(answer(onPage('1', 'A')), noon + 1000);
    assert.equal(online.at(noon + 1000)[0]?.lead, before?.lead);
    online.update(answer(onPage('1', 'B')), noon + 2000);
    assert.notEqual(online.at(noon + 2000)[0]?.lead, before?.lead);
  });

  it('is still shown for two minutes after leaving, in the same place, and may come back', () => {
    online.update(answer(onPage('1', 'A'), onPage('2', 'A')), noon);
    online.update(answer(onPage('2', 'A')), noon + 1000);
    assert.deepEqual(order(noon + 1000), ['1', '2']);
    assert.equal(here(), 1);
    assert.equal(online.at(noon + 1000)[0]?.leftAt, noon + 1000);
    assert.deepEqual(order(noon + 1000 + 2 * minute), ['2']);
    online.update(answer(onPage('2', 'A'), onPage('1', 'A')), noon + 2000);
    assert.deepEqual(order(noon + 2000), ['1', '2']);
    assert.equal(here(), 2);
    online.update(answer(), noon + 3000);
    online.update(answer(), noon + 3000 + 2 * minute);
    assert.deepEqual(order(noon + 3000), []);
  });

  it('has left when two answers in several pages lack them, not one: who moves meanwhile may be in none', () => {
    const paged = (...visitors: Visitor[]): Visitors => ({ ...answer(...visitors), pages: 2 });
    online.update(paged(onPage('1', 'A'), onPage('2', 'A')), noon);
    online.update(paged(onPage('2', 'A')), noon + 1000);
    assert.equal(here(), 2);
    online.update(paged(onPage('1', 'A'), onPage('2', 'A')), noon + 2000);
    online.update(paged(onPage('2', 'A')), noon + 3000);
    assert.equal(here(), 2);
    online.update(paged(onPage('2', 'A')), noon + 4000);
    assert.equal(here(), 1);
  });

  it('has not left just now when the answer before is older than that is shown: when, nobody knows', () => {
    const paged = { ...answer(onPage('2', 'A')), pages: 2 };
    for (const later of [answer(onPage('2', 'A')), paged]) {
      online = new OnlineVisitors();
      online.update(answer(onPage('1', 'A'), onPage('2', 'A')), noon);
      online.update(later, noon + 60 * minute);
      assert.deepEqual(order(noon + 60 * minute), ['2']);
    }
    online.update(answer(), noon + 61 * minute);
    assert.deepEqual(
      online.at(noon + 61 * minute).map(({ leftAt }) => leftAt),
      [noon + 61 * minute],
    );
  });

  it('is not said to be there when the last answer is old, but when that was', () => {
    online.update(answer(onPage('1', 'A')), noon);
    const seen = (at: number) => online.at(at).map(({ seenAt }) => seenAt);
    assert.deepEqual([online.isOld(noon + 2 * minute), seen(noon + 2 * minute)], [false, [undefined]]);
    assert.deepEqual([online.isOld(noon + 3 * minute), seen(noon + 3 * minute)], [true, [noon]]);
    online.update(answer(onPage('1', 'A')), noon + 4 * minute);
    assert.deepEqual([online.isOld(noon + 4 * minute), seen(noon + 4 * minute)], [false, [undefined]]);
  });

  it('are 5,000, each once, newest activity first', () => {
    const all = Array.from({ length: 5000 }, (_, index) => onPage(String(index + 1), 'A'));
    online.update(answer(...all), noon);
    online.update(answer(...all.map((one, index) => (index % 2 === 0 ? one : onPage(one.id, 'B')))), noon + 1000);
    const ids = order(noon + 1000);
    assert.equal(new Set(ids).size, 5000);
    assert.deepEqual(ids.slice(0, 3), ['2', '4', '6']);
    assert.deepEqual(ids.slice(2500, 2503), ['1', '3', '5']);
  });
});

describe('A row of Online Now', () => {
  afterEach(() => speak('en', undefined));

  const plain = new Masking('key');
  const masked = new Masking('key', true);
  const rowOf = (visitor: Visitor, at = noon, masking = plain) => {
    const online = new OnlineVisitors();
    online.update(answer(visitor), noon);
    if (at > noon) online.update(answer(), at);
    const [one] = online.at(at);
    assert.ok(one);
    return visitorRow(one, undefined, masking);
  };
  const began = noon / 1000 - 200.5;

  it('says page and since when by either set of names', () => {
    const spellings: JsonObject[] = [
      { $current_page_title: 'Pricing', $current_page_url: 'https://e.com/p', $active_since: began },
      { page: 'Pricing', url: 'https://e.com/p', session_started: String(began), presence: 'online' },
    ];
    for (const details of spellings) {
      const row = rowOf(somebody('1448121617782674821', details));
      assert.equal(row.label, 'Visitor …4821');
      assert.equal(visitorDescription(row, noon), 'Pricing · 3 min');
      assert.equal(
        visitorAccessibilityLabel(row, noon),
        'Visitor …4821, visitor, online, on Pricing, came 3 minutes ago',
      );
      assert.match(visitorTooltip(row, plain, noon, {}), /^Visitor …4821 \(visitor\)\nPage: Pricing\nAddress: https:/);
      assert.ok(!row.isLead && isLeadElement(row));
      assert.deepEqual(row.lead.props, {});
    }
  });

  it('is called by its name, or by that of the loaded lead, which makes it a lead', () => {
    const named = rowOf(somebody('7', { $name: 'Maria', url: 'https://e.com' }, 'idle'));
    assert.ok(named.isLead);
    assert.equal(named.label, 'Maria');
    assert.equal(visitorDescription(named, noon), 'idle · https://e.com');
    const listed = { id: '7', presence: 'offline', props: { $email: 'm@example.com' }, record: {} };
    const row = visitorRow(rowOf(somebody('7')).online, listed, plain);
    assert.ok(row.isLead && row.lead === listed);
    assert.equal(row.label, 'm@example.com');
    assert.equal(visitorCount([named, row, rowOf(somebody('8'))]), '3 visitors, 2 leads');
  });

  it('says how long ago somebody has left', () => {
    const row = rowOf(onPage('7', 'A'), noon + 1000);
    assert.equal(visitorDescription(row, noon + 2000), 'left just now');
    assert.equal(visitorDescription(row, noon + 1000 + minute), 'left 1 min ago');
    assert.equal(visitorCount([row]), '0 visitors');
    speak('ru', { 'left just now': 'ушёл только что', 'left {0} ago': 'ушёл {0} назад' });
    assert.equal(visitorDescription(row, noon + 2000), 'ушёл только что');
    assert.equal(visitorDescription(row, noon + 1000 + minute), 'ушёл 1 мин назад');
  });

  it('says when somebody was seen where it is too long ago to say that they are there', () => {
    const online = new OnlineVisitors();
    online.update(answer(somebody('7', { $name: 'Maria', page: 'A', session_started: began })), noon);
    const now = noon + 60 * minute;
    const row = visitorRow(online.at(now)[0]!, undefined, plain);
    assert.ok(!isPresent(row.online));
    assert.equal(visitorDescription(row, now), 'seen 1 hr ago');
    assert.equal(visitorAccessibilityLabel(row, now), 'Maria, lead, seen 1 hr ago');
    assert.match(visitorTooltip(row, plain, now, {}), /^Maria \(lead, seen 1 hr ago\)/);
    assert.equal(visitorCount([row]), '0 visitors');
  });

  it('says no contact while they are masked, and is one line whatever was sent', () => {
    const row = rowOf(
      somebody('7', { $name: 'Maria Roe', page: 'Hello maria@example.com\u202e\nMaria Roe', session_started: 'x' }),
      noon,
      masked,
    );
    for (const text of [row.label, visitorDescription(row, noon), visitorAccessibilityLabel(row, noon)]) {
      assert.doesNotMatch(text, /maria|roe|\n|\u202e/i);
    }
    assert.doesNotMatch(visitorTooltip(row, masked, noon, {}), /maria|roe|\u202e/i);
  });
});
