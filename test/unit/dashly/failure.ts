import assert from 'node:assert/strict';
import { DashlyError } from '../../../src/dashly/errors';

/** The error of a request that must fail. */
export async function failure(work: Promise<unknown>): Promise<DashlyError> {
  const error: unknown = await work.then(
    () => assert.fail('The request succeeded.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DashlyError, String(error));
  return error;
}
