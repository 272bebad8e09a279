import { decodeText, decodeWhole } from './decode';
import { DashlyError, type DashlyErrorFacts, type DashlyErrorKind } from './errors';
import type { HttpAnswer } from './http';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { JsonSyntaxError, parseJson } from './jsonReader';

/** What a successful answer holds. API.md, section 3. */
export interface Envelope {
  /** Empty when the service sent none. */
  readonly meta: JsonObject;
  readonly data: JsonValue;
}

/** The error table of API.md, section 3. `AuthenticationFailed` is the old documentation's name for a bad token. */
const kindsByName: ReadonlyMap<string, DashlyErrorKind> = new Map([
  ['ValidationError', 'validation'],
  ['BadRequest', 'badRequest'],
  ['LookupError', 'notFound'],
  ['NotAuthenticated', 'notAuthenticated'],
  ['AuthenticationFailed', 'notAuthenticated'],
  ['PermissionDeniedError', 'forbidden'],
  ['Error404', 'wrongPath'],
  ['MethodNotAllowed', 'methodNotAllowed'],
  ['TooManyRequests', 'tooManyRequests'],
  ['Error500', 'serverError'],
]);

const kindsByStatus: ReadonlyMap<number, DashlyErrorKind> = new Map([
  [400, 'badRequest'],
  [401, 'notAuthenticated'],
  [403, 'forbidden'],
  [404, 'wrongPath'],
  [405, 'methodNotAllowed'],
  [407, 'proxyAuthentication'],
  [429, 'tooManyRequests'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

/**
 * Reads an answer's body.
 * @param title method and endpoint of the request
 * @param withoutToken takes the token out of what the service says in an error
 * @throws DashlyError for an error of the service, and for a body that is not the service's
 */
export function readEnvelope(answer: HttpAnswer, title: string, withoutToken: (text: string) => string): Envelope {
  const { status, text, retryAfter } = answer;
  const facts: DashlyErrorFacts = { status, detail: title, retryAfter };
  // A browser's `fetch` hides the redirect that it did not follow behind the status 0.
  if (status === 0 || (status >= 300 && status < 400)) throw new DashlyError('redirect', facts);
  const succeeded = status >= 200 && status < 300;
  if (looksLikeHtml(answer)) {
    const kind = kindOfStatus(status);
    // What a gateway says by its status still holds; a page with another one is not from the service.
    const gateway =
      kind === 'tooManyRequests' || kind === 'unavailable' || kind === 'proxyAuthentication' || kind === 'serverError';
    throw new DashlyError(!succeeded && gateway ? kind : 'html', facts);
  }
  const body = parseBody(text);
  if (body instanceof JsonSyntaxError) {
    if (!succeeded) throw new DashlyError(kindOfStatus(status), facts);
    throw new DashlyError(body.endsEarly ? 'truncated' : 'notJson', { ...facts, detail: `${title}, ${body.message}` });
  }
  const meta = isJsonObject(body) && isJsonObject(body.meta) ? body.meta : {};
  const metaStatus = decodeWhole(meta.status) ?? (meta.error === undefined ? 200 : undefined);
  if (!succeeded || metaStatus !== 200) {
    throw serviceError(meta, { ...facts, status: succeeded ? (metaStatus ?? status) : status }, withoutToken);
  }
  if (!isJsonObject(body) || !('data' in body)) throw new DashlyError('shape', facts);
  return { meta, data: body.data ?? null };
}

function parseBody(text: string): JsonValue | JsonSyntaxError {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
}

function looksLikeHtml({ contentType, text }: HttpAnswer): boolean {
  return /^\s*</.test(text) || (contentType.includes('html') && !/^\s*[{[]/.test(text));
}

function serviceError(
  meta: JsonObject,
  facts: DashlyErrorFacts & { readonly status: number },
  withoutToken: (text: string) => string,
): DashlyError {
  const name = decodeText(meta.error);
  const kind = (name === undefined ? undefined : kindsByName.get(name)) ?? kindOfStatus(facts.status);
  const message = decodeText(meta.error_message);
  return new DashlyError(kind, {
    ...facts,
    serviceMessage: message && withoutToken(message),
    fields: errorFields(meta.error_fields, withoutToken),
  });
}

function kindOfStatus(status: number): DashlyErrorKind {
  return kindsByStatus.get(status) ?? (status >= 500 && status < 600 ? 'serverError' : 'unexpectedStatus');
}

/** Seen as `{"field": ["message", …]}`; one message by itself is read too. */
function errorFields(
  fields: JsonValue | undefined,
  withoutToken: (text: string) => string,
): Record<string, string[]> | undefined {
  if (!isJsonObject(fields)) return undefined;
  const entries = Object.entries(fields).map(([name, messages]): [string, string[]] => [
    withoutToken(name),
    (Array.isArray(messages) ? messages : [messages])
      .filter((message) => typeof message === 'string')
      .map((message) => withoutToken(message)),
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
