import type { Faults } from './faults';
import type { SampleApp } from './sampleApp';

/** One HTTP request, as far as the API looks at it. */
export interface SampleRequest {
  readonly method: string;
  /** Path and query, or an absolute URL. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Aborted when the client has gone: ends a delay or a silence. */
  readonly signal?: AbortSignal;
}

export interface SampleResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection is to be cut after this many bytes of the body although `content-length` says more follow. */
  readonly cutAfter?: number;
}

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

export interface SampleApiOptions {
  /** The token that opens the app; default `sampleToken`. */
  readonly token?: string;
}

/** The token that opens the sample app unless another is chosen. */
export const sampleToken = 'app.sample.5f4dcc3b5aa765d61d8327deb882cf99';

/** Answers requests as Dashly's Web API would. */
export declare class SampleApi {
  constructor(app: SampleApp, options?: SampleApiOptions);
  readonly app: SampleApp;
  readonly token: string;
  /** Switched on by tests. */
  readonly faults: Faults;
  /** The requests seen, oldest first; the last 10,000. */
  readonly requests: SeenRequest[];
  /** Rejects with `ConnectionReset` when a fault says so, or with the signal's reason when it is aborted. */
  handle(request: SampleRequest): Promise<SampleResponse>;
}
