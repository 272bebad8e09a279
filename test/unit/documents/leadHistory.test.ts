import assert from 'node:assert/strict';
import type { Lead } from '../../../src/dashly/lead';
import { LeadHistory, mostStates } from '../../../src/documents/leadHistory';

function lead(id: string, props: Lead['props']): Lead {
  return { id, presence: 'offline', props, record: { id, presence: 'offline', props: { ...props } } };
}

describe('LeadHistory', () => {
  it('keeps each distinct state once, with the moment it was first seen', () => {
    const history = new LeadHistory();
    const first = lead('1', { $sessions: 1, $name: 'Maks' });
    history.remember('app', [first, lead('2', {})], 100);
    history.remember('app', [lead('1', { $name: 'Maks', $sessions: 1 })], 200);
    history.remember('app', [lead('1', { $name: 'Maks', $sessions: 2 })], 300);
    assert.deepEqual(
      history.states('app', '1').map(({ number, seen, lead: { props } }) => [number, seen, props.$sessions]),
      [
        [1, 100, 1],
        [2, 300, 2],
      ],
    );
    assert.equal(history.states('app', '2').length, 1);
  });

  it('tells the accounts apart', () => {
    const history = new LeadHistory();
    history.remember('app', [lead('1', { $name: 'Maks' })], 1);
    assert.deepEqual(history.states('other', '1'), []);
  });

  it('holds the newest object of an unchanged lead, so that the list and the history share it', () => {
    const history = new LeadHistory();
    history.remember('app', [lead('1', { $name: 'Maks' })], 1);
    const again = lead('1', { $name: 'Maks' });
    history.remember('app', [again], 2);
    assert.equal(history.states('app', '1')[0]?.lead, again);
  });

  it('takes a list that lags behind a card for no news', () => {
    const history = new LeadHistory();
    const visits = (): unknown[] =>
      history.states('app', '1').map(({ source, lead: { props } }) => [source, props.$sessions]);
    const listed = lead('1', { $sessions: 4 });
    history.remember('app', [listed], 1);
    history.remember('app', [lead('1', { $sessions: 5 })], 2, 'card');
    history.remember('app', [listed], 3);
    history.remember('app', [lead('1', { $sessions: 4 })], 4);
    history.remember('app', [lead('1', { $sessions: 5 })], 5, 'card');
    assert.deepEqual(visits(), [
      ['list', 4],
      ['card', 5],
    ]);
    const caughtUp = lead('1', { $sessions: 5 });
    history.remember('app', [caughtUp], 6);
    assert.deepEqual(visits(), [
      ['list', 4],
      ['card', 5],
      ['list', 5],
    ]);
    assert.equal(history.listed('app', '1')?.lead, caughtUp);
  });

  it('is bounded: the first state and the latest stay, and no number is used again', () => {
    const history = new LeadHistory();
    for (let visit = 1; visit <= 50; visit++) history.remember('app', [lead('1', { $sessions: visit })], visit);
    const states = history.states('app', '1');
    assert.equal(states.length, mostStates);
    assert.deepEqual([states[0]?.number, states[1]?.number, states.at(-1)?.number], [1, 32, 50]);
    assert.equal(new Set(states.map(({ number }) => number)).size, mostStates);
  });

  it('drops those that were not seen for longest', () => {
    const history = new LeadHistory();
    const leads = Array.from({ length: 20_000 }, (_, index) => lead(String(index), {}));
    history.remember('app', leads, 1);
    history.remember('app', leads.slice(0, 1), 2);
    history.remember('app', [lead('new', {})], 3);
    assert.equal(history.states('app', '0').length, 1);
    assert.equal(history.states('app', '1').length, 0);
  });

  it('drops the leads seen first when there are too many', () => {
    const history = new LeadHistory();
    history.remember(
      'app',
      Array.from({ length: 20_001 }, (_, index) => lead(String(index), {})),
      1,
    );
    assert.equal(history.states('app', '0').length, 0);
    assert.equal(history.states('app', '20000').length, 1);
  });
});
