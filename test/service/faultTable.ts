import { isJsonObject, type JsonValue } from '../../src/dashly/json';
import { parseJson } from '../../src/dashly/jsonReader';
import { stringifyJson } from '../../src/dashly/jsonWriter';
import { errorStatus } from '../../src/sample/apiError';
import { fault, type Fault } from './faults';

/** A fault of the test service, for tests that go through all of them. */
export interface TableFault {
  readonly name: string;
  readonly fault: Fault;
  /** `error`: the request must fail, by whatever is told; `either`: what came may be used, as far as it can be read. */
  readonly outcome: 'error' | 'either' | 'fine';
  /** Answers later than a client waits. */
  readonly slow?: boolean;
  /** Asks the client to wait so long that nobody can try again at once. */
  readonly pauses?: boolean;
}

/** A word that the service says in every error: it must not come into a log. */
export const serviceWord = 'SaidByTheService';

/** All forms in which a service can repeat a token. */
export function tokenForms(token: string): string[] {
  const base64 = Buffer.from(token).toString('base64');
  return [token, encodeURIComponent(token), base64, base64.replace(/=+$/, ''), Buffer.from(token).toString('hex')];
}

const statuses = [
  ...[
    200, 201, 202, 203, 204, 205, 206, 226, 300, 301, 302, 303, 304, 305, 307, 308, 399, 400, 401, 402, 403, 404, 405,
  ],
  ...[
    406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 425, 426, 428, 429, 431, 444, 451, 499,
  ],
  ...[500, 501, 502, 503, 504, 505, 507, 508, 510, 511, 520, 521, 522, 524, 525, 526, 530, 599],
];

/** Every status with a JSON, an HTML, a plain and an empty body; redirects lead somewhere. */
function statusFaults(token: string): TableFault[] {
  const said = `${serviceWord} [go](command:workbench.action.quit) $(trash) <b>no</b>\n${tokenForms(token).join(' ')}`;
  return statuses.flatMap((status) => {
    const name = Object.entries(errorStatus).find(([, one]) => one === status)?.[0] ?? serviceWord;
    const meta = { status, error: name, error_message: said, error_fields: { [serviceWord]: [said] } };
    const location: Record<string, string> = status >= 300 && status < 400 ? { location: 'http://127.0.0.1:9/' } : {};
    const bodies = {
      JSON: [JSON.stringify({ meta, data: {} }), 'application/json'],
      HTML: [`<!DOCTYPE html><title>${said}</title>`, 'text/html'],
      text: [said, 'text/plain'],
      'no body': ['', 'application/json'],
    } as const;
    return Object.entries(bodies).map(([body, [text, type]]): TableFault => {
      const made = fault.answer(text, status, type, location);
      // A status of success beside the name of an error is a contradiction that either may win.
      const outcome = status === 200 && body === 'JSON' ? 'either' : 'error';
      return { name: `${status} with ${body}`, fault: made, outcome };
    });
  });
}

const wireFaults: readonly TableFault[] = [
  { name: 'reset', fault: fault.reset(), outcome: 'error' },
  { name: 'silence', fault: fault.silence(), outcome: 'error', slow: true },
  { name: 'a slow drip', fault: fault.drip(60_000), outcome: 'error', slow: true },
  { name: 'a drip that is fast enough', fault: fault.drip(100), outcome: 'fine' },
  { name: 'an endless body', fault: fault.endless(), outcome: 'error' },
  { name: 'more than 16 MB', fault: fault.tooLarge(), outcome: 'error' },
  { name: 'gzip that is none', fault: fault.notCompressed(), outcome: 'error' },
  { name: '429 with Retry-After of no sense', fault: fault.tooManyRequests('retry in 10'), outcome: 'error' },
  { name: '429 with Retry-After 0', fault: fault.tooManyRequests(0), outcome: 'error' },
  { name: '429 with a long Retry-After', fault: fault.tooManyRequests(3600), outcome: 'error', pauses: true },
  { name: 'an error that HTTP does not tell', fault: fault.hiddenError(), outcome: 'error' },
  { name: 'a status that is text', fault: fault.hiddenError('500' as unknown as number), outcome: 'error' },
  ...Object.entries({
    'no HTTP': `${serviceWord}\n`,
    'another protocol': 'SSH-2.0-OpenSSH_9.0\r\n',
    'half a header': 'HTTP/1.1 200 OK\r\nContent-Le',
    'a header without a name': 'HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2\r\n\r\n{}',
    'a length that is none': 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}',
    'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    'chunks that are none': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
    'the status 999': 'HTTP/1.1 999 Denied\r\nContent-Length: 2\r\n\r\n{}',
    'the status 0': 'HTTP/1.1 000 None\r\nContent-Length: 2\r\n\r\n{}',
    'a body of no length, cut':
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"meta":{"status":200},"data":{"tot',
    nothing: '',
  }).map(([name, bytes]): TableFault => ({ name, fault: fault.bytes(bytes), outcome: 'error' })),
];

const texts = {
  nothing: '',
  spaces: '   \n',
  'a byte order mark alone': '\ufeff',
  'no JSON': serviceWord,
  'an HTML page that says it is JSON': '<html></html>',
  'JSON of one value': 'null',
  'a number': '1',
  'a text': `"${serviceWord}"`,
  'an empty list': '[]',
  'an empty object': '{}',
  'data that is null': '{"meta":{"status":200},"data":null}',
  'data that is text': `{"meta":{"status":200},"data":"${serviceWord}"}`,
  'no data': '{"meta":{"status":200}}',
  'two values': '{"meta":{"status":200},"data":{}}{}',
  'a comma too many': '{"meta":{"status":200},"data":{"total":0,"users":[],}}',
  '60,000 brackets': '['.repeat(60_000),
  '60,000 brackets, closed': `{"meta":{"status":200},"data":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
} as const;

/** Answers whose texts are wrong from the start. */
const bodyFaults: readonly TableFault[] = [
  ...Object.entries(texts).map(([name, text]): TableFault => ({ name, fault: fault.answer(text), outcome: 'either' })),
];

/** 1,000,000 items in every list of an answer, in fewer bytes than are read at most. */
export const millionItems: TableFault = {
  name: '1,000,000 items',
  fault: async (request, answer) => {
    const body = await (await answer()).text();
    const items = `[${'{},'.repeat(999_999)}{}]`;
    const many = body.replace(/"(users|data)":\[.*\]/s, (_, name) => `"${name as string}":${items}`);
    return fault.answer(many)(request, answer);
  },
  outcome: 'either',
};

const strangeValues: readonly JsonValue[] = [
  ...[null, true, 0, -1, 1.5, 1e300, '', 'x', '-7', 'a,1', '1\n2', '9'.repeat(21), '\ud800', [], {}, [[]], { a: 1 }],
  ...[[null, 1, 'x'], Array.from({ length: 50 }).reduce<JsonValue>((inner) => [inner], 1)],
];

/** The paths of an answer to its parts: of lists only to the first item, of objects deep inside only to three members. */
function pathsOf(value: JsonValue, depth = 4): (string | number)[][] {
  const entries: [string | number, JsonValue][] = Array.isArray(value)
    ? value.slice(0, 1).map((item) => [0, item])
    : isJsonObject(value)
      ? Object.entries(value).slice(0, depth > 2 ? 15 : 3)
      : [];
  const below =
    depth === 0 ? [] : entries.flatMap(([key, item]) => pathsOf(item, depth - 1).map((rest) => [key, ...rest]));
  return [[], ...below];
}

function replaced(value: JsonValue, [key, ...rest]: readonly (string | number)[], by: JsonValue): JsonValue {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  if (!isJsonObject(value)) return value;
  return { ...value, [key]: replaced(value[key] ?? null, rest, by) };
}

/** Every part of a good answer in the place of which another type came. */
export function typeFaults(goodAnswer: string): TableFault[] {
  const good = parseJson(goodAnswer);
  const paths = pathsOf(good).filter((path) => path.length > 0);
  return paths.flatMap((path) =>
    strangeValues.map((value): TableFault => ({
      name: `${stringifyJson(value).slice(0, 30)} in ${path.join('.')}`,
      fault: fault.answer(stringifyJson(replaced(good, path, value))),
      outcome: 'either',
    })),
  );
}

/** Items and totals that contradict each other. */
export const itemFaults: readonly TableFault[] = [
  { name: 'the last row again as the first', fault: fault.duplicateRows(), outcome: 'either' },
  { name: 'every row twice', fault: fault.items((items) => [...items, ...items]), outcome: 'either' },
  { name: 'the same row only', fault: fault.items((items) => items.map(() => items[0] ?? null)), outcome: 'either' },
  { name: 'no rows', fault: fault.items(() => []), outcome: 'either' },
  { name: 'fewer rows than asked for', fault: fault.items((items) => items.slice(0, 3)), outcome: 'either' },
  { name: 'the rows in another order', fault: fault.items((items) => [...items].reverse()), outcome: 'either' },
  { name: 'a row without an id', fault: fault.withoutId(), outcome: 'either' },
  { name: 'a row without properties', fault: fault.withoutProps(), outcome: 'fine' },
  { name: 'a row whose properties are null', fault: fault.nullProps(), outcome: 'fine' },
  { name: 'a presence of another name', fault: fault.unknownPresence(), outcome: 'fine' },
  { name: 'fields nobody knows', fault: fault.unknownFields(), outcome: 'fine' },
  ...[0, 1, 3, 1e15, 9_007_199_254_740_991].map((total): TableFault => ({
    name: `a total of ${total}`,
    fault: fault.edited((body) => replaced(body, ['data', 'total'], total)),
    outcome: 'either',
  })),
  ...['abc', '-7', '', 'a,1', '1\n2', '1 ', '٣', '9'.repeat(21), 0, -1, 1.5, true, null, {}].map((id): TableFault => ({
    name: `the id ${JSON.stringify(id)}`,
    fault: fault.items((items) => items.map((item) => (isJsonObject(item) ? { ...item, id } : item))),
    outcome: 'either',
  })),
  ...[-1, 1].map((days): TableFault => ({
    name: `a clock that is wrong by ${days} days`,
    fault: async (_, answer) => {
      const response = await answer();
      response.headers.set('date', new Date(Date.now() + days * 86_400_000).toUTCString());
      return response;
    },
    outcome: 'fine',
  })),
];

/** An answer cut after each kilobyte: told by HTTP, and not. */
export function truncations(goodAnswer: string): TableFault[] {
  const cuts = Array.from({ length: Math.ceil(Buffer.byteLength(goodAnswer) / 1024) }, (_, index) => index * 1024);
  return cuts.flatMap((bytes) =>
    [true, false].map((announced): TableFault => ({
      name: `${bytes} bytes, then ${announced ? 'the connection is cut' : 'the end'}`,
      fault: fault.truncation({ bytes }, announced),
      outcome: 'error',
    })),
  );
}

/** Faults of the way and of the answer as a whole, whatever was asked. */
export const commonFaults = (token: string): TableFault[] => [...statusFaults(token), ...wireFaults, ...bodyFaults];
