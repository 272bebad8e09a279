import { DashlyError, type DashlyErrorKind } from '../../dashly/errors';

/**
 * Kinds that end without anybody doing something: the service, or the way to it, is down or busy. A gateway that is in
 * trouble answers with pages of its own, so these count too.
 */
const passing: ReadonlySet<DashlyErrorKind> = new Set([
  'tooManyRequests', 'serverError', 'unavailable', 'timeout', 'connectionRefused', 'dns', 'reset', 'network', 'html',
  'truncated', 'notJson',
]);

/** Whether it makes sense to wait and ask again. */
export function passesByItself(error: unknown): boolean {
  return error instanceof DashlyError && passing.has(error.kind);
}
