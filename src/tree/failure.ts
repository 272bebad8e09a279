import type { DashlyErrorKind } from '../dashly/errors';

/** Why the first page did not come, as far as it matters for what to do about it: each has a welcome view of its own. */
export type Failure = 'token' | 'forbidden' | 'address' | 'network' | 'service' | 'other';

const failures: Partial<Record<DashlyErrorKind, Failure>> = {
  notAuthenticated: 'token',
  forbidden: 'forbidden',
  wrongPath: 'address',
  methodNotAllowed: 'address',
  unexpectedStatus: 'address',
  html: 'address',
  notJson: 'address',
  shape: 'address',
  redirect: 'address',
  connectionRefused: 'network',
  dns: 'network',
  tls: 'network',
  proxyAuthentication: 'network',
  network: 'network',
  timeout: 'network',
  reset: 'network',
  tooManyRequests: 'service',
  serverError: 'service',
  unavailable: 'service',
  truncated: 'service',
};

/** The welcome view that fits an error of the first page. */
export function failureOf(error: unknown): Failure {
  // By its kind and not by its class, which is read from disk only together with the client.
  return (error instanceof Error && 'kind' in error ? failures[error.kind as DashlyErrorKind] : undefined) ?? 'other';
}
