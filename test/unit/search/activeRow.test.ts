import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ActiveRow } from '../../../src/search/activeRow';

const rows = (...keys: string[]): { key: string }[] => keys.map((key) => ({ key }));

describe('ActiveRow', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'] }));
  afterEach(() => mock.timers.reset());

  it('takes the row VS Code makes active by itself for no move', () => {
    const active = new ActiveRow();
    assert.equal(active.show('m', rows('a', 'b')).key, 'a');
    assert.equal(active.moved('a'), false);
    assert.equal(active.show('m', rows('a', 'b', 'c')).key, 'a');
    assert.equal(active.moved('a'), false);
  });

  it('keeps the row the person moved to when more rows come, above or below', () => {
    const active = new ActiveRow();
    active.show('m', rows('a', 'b'));
    assert.equal(active.moved('b'), true);
    assert.equal(active.show('m', rows('id', 'a', 'b', 'c')).key, 'b');
    assert.equal(active.moved('id'), false, 'VS Code tells the first row before the kept one');
    assert.equal(active.moved('b'), false);
    mock.timers.tick(1000);
    assert.equal(active.moved('id'), true, 'and then the person moves up');
  });

  it('begins at the top for another text, and when the row is gone', () => {
    const active = new ActiveRow();
    active.show('m', rows('a', 'b'));
    active.moved('b');
    assert.equal(active.show('ma', rows('a', 'b')).key, 'a');
    active.moved('b');
    assert.equal(active.show('ma', rows('a')).key, 'a');
    assert.equal(active.moved('a'), false);
  });

  it('goes on with the first of the results that were asked for', () => {
    const active = new ActiveRow();
    active.show('m', rows('a', 'more'));
    assert.equal(active.moved('more'), true);
    active.goOnFrom('more');
    assert.equal(active.show('m', rows('a', 'more')).key, 'more', 'nothing has come yet');
    assert.deepEqual(active.show('m', rows('a', 'b', 'c', 'note')), { key: 'b', wentOn: true });
    assert.equal(active.moved('b'), false, 'which is not a move to be previewed');
  });
});
