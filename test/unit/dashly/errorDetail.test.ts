import assert from 'node:assert/strict';
import { DashlyError } from '../../../src/dashly/errors';
import { errorDetail } from '../../../src/dashly/errors';
import { ExportError } from '../../../src/export/exportTarget';

describe('what the log gets of an error', () => {
  it('is not what the service says, which may quote a search', () => {
    const error = new DashlyError('validation', {
      status: 400,
      serviceMessage: 'no condition for maks@example.com',
      fields: { filters: ['“maks” is not allowed'] },
      detail: 'GET /apps/7/users',
    });
    assert.match(error.message, /maks@example\.com/);
    const logged = errorDetail(error);
    assert.doesNotMatch(logged, /maks/);
    assert.match(logged, /^\[validation status 400\] The service refused .* \(GET \/apps\/7\/users\)$/);
  });

  it('is the message and the code of an error of a file, and the stack of an unexpected one', () => {
    assert.equal(errorDetail(new ExportError('diskFull', 'The disk is full.', 'ENOSPC')), 'The disk is full. ENOSPC');
    assert.equal(errorDetail(new ExportError('file', 'No app is connected.')), 'No app is connected.');
    assert.match(errorDetail(new TypeError('x is undefined')), /^TypeError: x is undefined\n\s+at /);
    assert.equal(errorDetail('thrown text'), 'thrown text');
  });
});
