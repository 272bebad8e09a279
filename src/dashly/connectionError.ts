import { DashlyError, type DashlyErrorKind } from './errors';

/**
 * What kept a request from being answered, by the codes of Node (`ECONNREFUSED`), of its `fetch` (`UND_ERR_…`), of
 * Electron's (`net::ERR_…`) and by words where there is no code. The first that fits counts.
 */
const causes: readonly (readonly [RegExp, DashlyErrorKind])[] = [
  [/maxContentLength/, 'tooLarge'],
  [/\b407\b|proxy authentication|ERR_PROXY_AUTH/i, 'proxyAuthentication'],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED/, 'connectionRefused'],
  [/ENOTFOUND|EAI_[A-Z]+|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, 'dns'],
  [
    /CERT_|_CERT|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF|SELF_SIGNED|HOSTNAME_MISMATCH|certificate/i,
    'tls',
  ],
  [/ETIMEDOUT|UND_ERR_[A-Z]+_TIMEOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/, 'timeout'],
  [
    /ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH|ERR_CONNECTION_(RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH|terminated|socket hang up/,
    'reset',
  ],
  [/redirect/i, 'redirect'],
];

/**
 * The error for a request that got no complete answer. A 407 that comes as a plain answer is among them: `fetch` turns it
 * into a network error without a reason (Fetch standard, HTTP-network-or-cache fetch), so that only Electron's codes and
 * a refused tunnel tell it; else it is `network`, whose sentence names the proxy too.
 * @param error what axios threw; it holds the token and is dropped here
 * @param title method and path of the request, without the query
 */
export function connectionError(error: unknown, title: string): DashlyError {
  if (error instanceof DashlyError) return error;
  const reasons = reasonsOf(error);
  const told = reasons.join(' ');
  const kind = causes.find(([pattern]) => pattern.test(told))?.[1] ?? 'network';
  // Only codes go to the log: messages may quote the address with its query.
  const codes = reasons.filter((reason) => /^[A-Z][A-Z0-9_]+$/.test(reason));
  return new DashlyError(kind, { detail: [title, ...new Set(codes)].join(', ') });
}

/** Codes and messages of an error and of what caused it. */
function reasonsOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const { code, errors } = error as Error & { code?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    error.message,
    // Node tries all addresses of a name and tells what became of each.
    ...(Array.isArray(errors) ? errors.flatMap((one) => reasonsOf(one, depth + 1)) : []),
    ...reasonsOf(error.cause, depth + 1),
  ];
}
