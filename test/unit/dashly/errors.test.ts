import assert from 'node:assert/strict';
import { DashlyError, errorDetail, errorSentence, HumanError } from '../../../src/dashly/errors';
import { connectionError } from '../../../src/dashly/http';
import { ExportError } from '../../../src/export/exportError';
import { LeadsMovedError } from '../../../src/leads/pageReader';

const refused = new DashlyError('validation', {
  status: 400,
  serviceMessage: 'no condition for maks@example.com',
  fields: { filters: ['“maks” is not allowed'], 'anna@corp.example': ['Call +79161112233'] },
  detail: 'GET /apps/7/users',
});

describe('the sentence of an error', () => {
  const ours: readonly (readonly [string, Error, RegExp])[] = [
    ['the client', refused, /^The service refused .* The service says: no condition for maks@example\.com; filters: /],
    ['the list', new LeadsMovedError(), /^The leads changed places /],
    ['a document', new HumanError('This lead belongs to another app.'), /^This lead belongs /],
    ['an export', new ExportError('diskFull', 'The disk is full.', 'ENOSPC'), /^The disk is full\.$/],
  ];
  for (const [where, error, sentence] of ours) {
    it(`is its own where it comes from ${where}`, () => assert.match(errorSentence(error), sentence));
  }

  it('says of every other error that it was not expected, whatever members it has', () => {
    for (const error of [
      new TypeError('x is undefined'),
      Object.assign(new Error('x is undefined'), { kind: 'file' }),
      Object.assign(new Error('x is undefined'), { detail: 'y', name: 'DashlyError' }),
    ]) {
      assert.equal(errorSentence(error), 'Something unexpected went wrong: x is undefined');
    }
    assert.equal(errorSentence('thrown text'), 'Something unexpected went wrong. The log says more.');
  });

  it('leaves out what others said where contacts are masked', () => {
    const unexpected = new TypeError('maks@example.com is undefined');
    for (const error of [refused, unexpected]) {
      assert.match(errorSentence(error), /maks/);
      assert.doesNotMatch(errorSentence(error, { ownWords: true }), /maks|anna|7916/);
    }
    assert.match(errorSentence(refused, { ownWords: true }), /^The service refused .*\.$/);
    assert.match(errorSentence(new LeadsMovedError(), { ownWords: true }), /^The leads changed places /);
  });
});

describe('what the log gets of an error', () => {
  it('is not what the service says, which may quote a search', () => {
    assert.match(refused.message, /maks@example\.com/);
    const logged = errorDetail(refused);
    assert.doesNotMatch(logged, /maks|anna|7916/);
    assert.match(logged, /^\[validation status 400\] The service refused .* \(GET \/apps\/7\/users\)$/);
    assert.doesNotMatch(JSON.stringify(refused), /maks|anna|7916/);
  });

  it('is the message and the code of an error of a file, and the stack of an unexpected one', () => {
    assert.equal(errorDetail(new ExportError('diskFull', 'The disk is full.', 'ENOSPC')), 'The disk is full. ENOSPC');
    assert.equal(errorDetail(new ExportError('file', 'No app is connected.')), 'No app is connected.');
    assert.match(errorDetail(new TypeError('x is undefined')), /^TypeError: x is undefined\n\s+at /);
    assert.equal(errorDetail('thrown text'), 'thrown text');
  });
});

describe('what helps against an error', () => {
  const untold = ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'];
  for (const message of untold) {
    it(`is no proxy in a browser, which tells nothing of a failed request: ${message}`, () => {
      const error = new TypeError(message);
      assert.match(connectionError(error, 'GET /users', false).message, /permit web pages .* VS Code on the desktop/);
      assert.match(connectionError(error, 'GET /users', true).message, /proxy/);
    });
  }

  it('is trying again where it passes by itself, and something to do where a person has to do it', () => {
    const facts = (kind: DashlyError['kind']): [string, string] => {
      const { again, view } = new DashlyError(kind);
      return [again, view];
    };
    assert.deepEqual(facts('tooManyRequests'), ['now', 'service']);
    assert.deepEqual(facts('reset'), ['now', 'network']);
    assert.deepEqual(facts('dns'), ['later', 'network']);
    assert.deepEqual(facts('html'), ['later', 'address']);
    assert.deepEqual(facts('notAuthenticated'), ['never', 'token']);
    assert.deepEqual(facts('forbidden'), ['never', 'forbidden']);
    assert.deepEqual(facts('tls'), ['never', 'network']);
    assert.deepEqual(facts('cancelled'), ['never', 'other']);
  });
});
