import { ApiError, type ApiErrorName } from '../../src/sample/apiError';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/dashly/json';
import { parseJson } from '../../src/dashly/jsonReader';
import { stringifyJson } from '../../src/dashly/jsonWriter';
import { jsonResponse } from '../../src/sample/sampleApi';

/** Something that goes wrong with a request: answers in place of the service, or changes what it answers. */
export type Fault = (request: Request, answer: () => Promise<Response>) => Promise<Response>;

/** Thrown by a fault: no HTTP answer at all. The connection is reset, or `instead` is written to it. */
export class NoAnswer extends TypeError {
  /** @param instead bytes that are no answer of HTTP, or a strange one */
  constructor(readonly instead?: string) {
    // What Node's fetch says of a reset, for those who are asked without a network; axios knows it by its name too.
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

const edited =
  (edit: (body: JsonValue) => JsonValue): Fault =>
  async (_, answer) => {
    const response = await answer();
    return jsonResponse(response.status, stringifyJson(edit(parseJson(await response.text()))));
  };

/** The same of the objects of an answer: the leads of a page, the one lead, the events, the conversations. */
const items = (edit: (items: readonly JsonValue[]) => readonly JsonValue[]): Fault =>
  edited((body) => {
    if (!isJsonObject(body)) return body;
    const { data } = body;
    if (Array.isArray(data)) return { ...body, data: [...edit(data)] };
    if (!isJsonObject(data)) return body;
    return Array.isArray(data.users)
      ? { ...body, data: { ...data, users: [...edit(data.users)] } }
      : { ...body, data: edit([data])[0] ?? null };
  });

const item = (edit: (item: JsonObject) => JsonObject, every = false): Fault =>
  items((all) => all.map((one, index) => (isJsonObject(one) && (every || index === 0) ? edit(one) : one)));

const without = (name: string): Fault =>
  item((one) => Object.fromEntries(Object.entries(one).filter(([key]) => key !== name)));

/** An answer whose body is written piece by piece. `headers` take the place of those of the answer. */
async function streamed(
  response: Response,
  pieces: (bytes: Uint8Array) => AsyncGenerator<Uint8Array, void>,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<Response> {
  const generator = pieces(new Uint8Array(await response.arrayBuffer()));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await generator.next();
      if (piece.done) controller.close();
      else controller.enqueue(piece.value);
    },
    async cancel() {
      await generator.return();
    },
  });
  const sent = Object.entries({ ...Object.fromEntries(response.headers), ...headers });
  return new Response(body, {
    status: response.status,
    headers: sent.filter((header): header is [string, string] => header[1] !== undefined),
  });
}

const page = (status: number): string =>
  `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>`;

const retryAfterHeader = (retryAfter: number | string | Date | undefined): Record<string, string> =>
  retryAfter === undefined
    ? {}
    : { 'retry-after': retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter) };

/** What can go wrong. Those about items spoil the first item only, so that the others can be seen to survive. */
export const fault = {
  /** Answers so many milliseconds later; over at once when the client has gone. */
  delay:
    (milliseconds: number): Fault =>
    async (request, answer) => {
      await waitFor(milliseconds, request);
      return answer();
    },
  /** Never answers. */
  silence: (): Fault => async (request, answer) => {
    await waitFor(Infinity, request);
    return answer();
  },
  /** The connection is reset without an answer. */
  reset: (): Fault => () => Promise.reject(new NoAnswer()),
  /** Bytes in place of an answer of HTTP; only over a real connection. */
  bytes:
    (instead: string): Fault =>
    () =>
      Promise.reject(new NoAnswer(instead)),
  /** Any answer. */
  answer:
    (
      body: string,
      status = 200,
      contentType = 'application/json',
      headers: Readonly<Record<string, string>> = {},
    ): Fault =>
    () =>
      Promise.resolve(
        // Statuses that have no body by definition (RFC 9110, 15.3.5 and 15.4.5).
        [204, 205, 304].includes(status)
          ? new Response(null, { status, headers })
          : jsonResponse(status, body, { 'content-type': contentType, ...headers }),
      ),
  /** An error of the table (API.md, section 3). */
  error: (
    error: ApiErrorName,
    message = `The test service was asked to answer ${error}.`,
    fields?: Readonly<Record<string, readonly string[]>>,
  ): Fault => {
    const refusal = new ApiError(error, message, fields);
    return () => Promise.resolve(jsonResponse(refusal.status, refusal.toBody()));
  },
  /**
   * 429; without `Retry-After`, or with it in seconds, as a date or in any words. Nothing says which the service sends
   * (API.md, section 6).
   */
  tooManyRequests: (retryAfter?: number | string | Date): Fault => {
    const refusal = new ApiError('TooManyRequests', 'Request limit exceeded');
    return () => Promise.resolve(jsonResponse(429, refusal.toBody(), retryAfterHeader(retryAfter)));
  },
  /** What a proxy or gateway on the way answers. */
  html: (status: number, retryAfter?: number): Fault =>
    fault.answer(page(status), status, 'text/html; charset=utf-8', retryAfterHeader(retryAfter)),
  /** JSON of the right kind with more bytes than these. */
  tooLarge: (bytes = 16 * 1024 * 1024): Fault =>
    fault.answer(`{"meta":{"status":200},"data":{"total":0,"users":[],"padding":"${'x'.repeat(bytes)}"}}`),
  /** HTTP says 200, `meta.status` does not. */
  hiddenError: (status = 500, error = 'Error500'): Fault =>
    fault.answer(JSON.stringify({ meta: { status, error, error_message: 'Something went wrong' }, data: {} })),
  /**
   * Sends only this share (0 to 1) of the body, or so many bytes of it. Announced: the length says that there is more and
   * the connection is cut; otherwise the answer looks complete to HTTP.
   */
  truncation:
    (keep: number | { readonly bytes: number } = 0.5, announced = true): Fault =>
    async (_, answer) => {
      const response = await answer();
      const length = Number(response.headers.get('content-length'));
      const kept = typeof keep === 'number' ? Math.floor(length * keep) : Math.min(keep.bytes, length);
      return streamed(
        response,
        async function* (bytes) {
          yield await Promise.resolve(bytes.subarray(0, kept));
          if (announced) throw new TypeError('terminated', { cause: closed });
        },
        announced ? {} : { 'content-length': String(kept) },
      );
    },
  /** Sends the body byte by byte, so slowly that it takes so many milliseconds; over when the client has gone. */
  drip:
    (milliseconds: number, pieces = 20): Fault =>
    async (request, answer) =>
      streamed(await answer(), async function* (bytes) {
        const size = Math.ceil(bytes.length / pieces);
        for (let start = 0; start < bytes.length; start += size) {
          await waitFor(milliseconds / pieces, request);
          yield bytes.subarray(start, start + size);
        }
      }),
  /** Begins as the answer does, and then never ends: as fast as the client reads. */
  endless: (): Fault => async (_, answer) =>
    streamed(
      await answer(),
      async function* (bytes) {
        yield await Promise.resolve(bytes.subarray(0, -1));
        for (const more = new Uint8Array(64 * 1024).fill(32); ;) yield more;
      },
      { 'content-length': undefined },
    ),
  /** Says that the body is compressed, which it is not. */
  notCompressed: (): Fault => async (_, answer) => {
    const response = await answer();
    return new Response(response.body, {
      status: response.status,
      headers: { ...Object.fromEntries(response.headers), 'content-encoding': 'gzip' },
    });
  },
  /** The parsed answer after an edit; no digit is lost. */
  edited,
  /** The objects of the answer after an edit. */
  items,
  /** The last row comes again as the first. */
  duplicateRows: (): Fault => items((all) => [...all.slice(-1), ...all.slice(0, -1), ...all.slice(-1)]),
  withoutId: (): Fault => without('id'),
  withoutProps: (): Fault => without('props'),
  nullProps: (): Fault => item((one) => ({ ...one, props: null })),
  unknownPresence: (presence = 'away'): Fault => item((one) => ({ ...one, presence })),
  unknownFields: (): Fault => item((one) => ({ ...one, novelty: { since: [2030, null] }, score: 1.5 }), true),
} as const;

const closed = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });

/** Which requests a fault is for: all unless said. */
export interface FaultScope {
  /** Only the next so many matching requests. */
  readonly times?: number;
  /** Only requests whose decoded path contains the text or matches the expression. */
  readonly path?: string | RegExp;
  /** Only requests with these parameter values, e.g. `{ offset: '50' }`. */
  readonly params?: Readonly<Record<string, string>>;
}

interface Entry {
  readonly fault: Fault;
  readonly scope: FaultScope;
  left: number;
}

/** The faults switched on. */
export class Faults {
  private entries: Entry[] = [];

  /** Gives a function that switches it off again. */
  add(fault: Fault, scope: FaultScope = {}): () => void {
    const entry = { fault, scope, left: scope.times ?? Infinity };
    this.entries.push(entry);
    return () => {
      this.entries = this.entries.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.entries = [];
  }

  /**
   * Lets the faults for a request answer it, the first one outermost. A fault that asks nobody further is the answer:
   * those behind it are not used up.
   */
  answer(request: Request, path: string, params: URLSearchParams, answer: () => Promise<Response>): Promise<Response> {
    const matching = this.entries.filter(({ scope, left }) => {
      const onPath = typeof scope.path === 'string' ? path.includes(scope.path) : (scope.path?.test(path) ?? true);
      return (
        left > 0 && onPath && Object.entries(scope.params ?? {}).every(([name, value]) => params.get(name) === value)
      );
    });
    const from = (index: number): Promise<Response> => {
      const entry = matching[index];
      if (!entry) return answer();
      entry.left--;
      return entry.fault(request, () => from(index + 1));
    };
    return from(0);
  }
}

/** Requests that wait: a request's signal lives only as long as the request. */
const waiting = new Set<Request>();

/** Resolves after so many milliseconds (`Infinity`: never); rejects with the signal's reason as soon as it is aborted. */
async function waitFor(milliseconds: number, request: Request): Promise<void> {
  const { signal } = request;
  signal.throwIfAborted();
  waiting.add(request);
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      stop = () => reject(signal.reason as Error);
      signal.addEventListener('abort', stop);
      if (Number.isFinite(milliseconds)) timer = setTimeout(resolve, milliseconds);
    });
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
    waiting.delete(request);
  }
}
