import { decodePath, type RequestHandler, SampleApi } from '../../src/sample/sampleApi';
import { Faults } from './faults';
import type { TestApp } from './testApp';

/** A request that was seen, without its token. */
export interface SeenRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** Without `auth_token`. */
  readonly params: Readonly<Record<string, string>>;
  /** How it authenticated; the token itself is not kept. */
  readonly authentication: 'Token' | 'Bearer' | 'auth_token' | 'other' | 'none';
}

const keptRequests = 10_000;

/** The sample API with faults that tests switch on, and a log of what it was asked. */
export class TestApi implements RequestHandler {
  readonly faults = new Faults();
  /** The requests seen, oldest first; the last 10,000. */
  readonly requests: SeenRequest[] = [];
  private readonly api: SampleApi;

  constructor(
    readonly app: TestApp,
    options: ConstructorParameters<typeof SampleApi>[1] = {},
  ) {
    this.api = new SampleApi(app, options);
  }

  get token(): string {
    return this.api.token;
  }

  /** Rejects with `NoAnswer` when a fault says so, or with the signal's reason when the request is aborted. */
  handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const path = decodePath(pathname);
    this.remember(request, path, searchParams);
    return this.faults.answer(request, path, searchParams, () => Promise.resolve(this.api.handle(request)));
  }

  private remember({ method, headers }: Request, path: string, query: URLSearchParams): void {
    const { auth_token: token, ...params } = Object.fromEntries(query);
    const header = headers.get('authorization');
    const scheme = /^(Token|Bearer)\b/i.exec(header ?? '')?.[1]?.toLowerCase();
    const withoutScheme = header ? 'other' : token === undefined ? 'none' : 'auth_token';
    const authentication = scheme === 'token' ? 'Token' : scheme === 'bearer' ? 'Bearer' : withoutScheme;
    this.requests.push({ method, path, params, authentication });
    if (this.requests.length > keptRequests) {
      this.requests.splice(0, keptRequests / 2);
    }
  }
}
