/**
 * What the log gets of an error: no token and no contact data. A `DashlyError` has a text for that; its message may quote
 * the service, and so what was searched for.
 */
export function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('detail' in error) || typeof error.detail !== 'string') return error.stack ?? error.message;
  // By its name: whoever logs an error need not have loaded the client.
  return error.name === 'DashlyError' ? error.detail : `${error.message} ${error.detail}`.trim();
}
