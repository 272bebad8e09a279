import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { DashlyError } from '../../../src/dashly/errors';
import type { Lead } from '../../../src/dashly/lead';
import { card, details, failed, type Given, lead, read } from './testCard';

describe('A card that could not be read again', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: 1 }));
  afterEach(() => mock.timers.reset());

  it('says what is missing and why when the details fail, and is complete otherwise', () => {
    const { content } = card({ details: failed(new Error('Not allowed.')) });
    assert.deepEqual(content.failure, {
      message: 'The details could not be read. Not allowed.',
      action: 'refresh',
    });
    assert.deepEqual(
      [...content.sections, content.conversations].map(({ title, note }) => [title, note]),
      [
        ['Tags, segments and notes', 'Not read.'],
        ['Conversations', 'Reading…'],
      ],
    );
    assert.equal(content.events.length, 1);
  });

  it('keeps the details that were read when they cannot be read again', () => {
    const { content } = card({ details: failed(new Error('Gone.'), details()) });
    assert.deepEqual(content.details, { state: 'failed', at: 7 });
    assert.equal(content.failure?.message, 'The details could not be read again. Gone.');
    assert.equal(content.events[0]?.name, 'Paid');
  });

  it('says once what failed for one reason, and asks for a token where that is the reason', () => {
    const refused = new DashlyError('notAuthenticated');
    const failure = (given: Given) => card(given).content.failure;
    assert.deepEqual(failure({ details: failed(refused), conversations: failed(refused) }), {
      message: `The details and conversations could not be read. ${refused.message}`,
      action: 'replaceToken',
    });
    assert.deepEqual(failure({ details: read(details()), conversations: failed(new Error('No.')) }), {
      message: 'The conversations could not be read. No.',
      action: 'refresh',
    });
    assert.equal(failure({ details: read(details()) }), undefined);
  });

  it('says of a presence that it was, once the lead could not be read again or a while has passed', () => {
    const presence = (given: Given) => card(given).content.presence;
    const online: Lead = { ...lead, presence: 'online' };
    assert.deepEqual(presence({ lead: online }), { state: 'online', words: 'Online' });
    assert.deepEqual(presence({ lead: online, details: failed(new Error('No.')) }), {
      state: 'other',
      words: 'Was online',
    });
    assert.deepEqual(presence({ details: failed(new Error('No.'), details()) }), {
      state: 'other',
      words: 'Was online',
    });
    // While it is tried again, nothing more is known.
    assert.equal(
      presence({ details: { ...failed(new Error('No.'), details()), state: 'reading' } }).words,
      'Was online',
    );
    assert.equal(presence({ details: read(details()) }).words, 'Online');
    assert.equal(
      presence({ details: failed(new Error('No.'), details({ presence: null })) }).words,
      'Presence unknown',
    );
  });

  it('is made anew when its presence has grown old, and then shows no visit either', () => {
    const made = card({ details: read(details()) });
    assert.equal(made.presenceEnds, 300_000);
    assert.notEqual(made.content.page, undefined);
    mock.timers.setTime(300_000);
    assert.equal(card({ details: read(details()) }).presenceEnds, 1);
    mock.timers.setTime(300_001);
    const old = card({ details: read(details()) });
    assert.deepEqual(
      [old.content.presence.words, old.content.page, old.presenceEnds],
      ['Was online', undefined, undefined],
    );
    assert.equal(card({ details: failed(new Error('No.'), details()) }).content.page, undefined);
  });
});
