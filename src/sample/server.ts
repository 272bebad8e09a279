import type { SampleApi } from './sampleApi';

export interface SampleServer {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  readonly token: string;
  /** Cuts open connections. */
  close(): Promise<void>;
}

/** Serves the API on loopback; `port` 0 or none takes a free one. Rejects when the port is taken. */
export declare function serveSampleApi(api: SampleApi, options?: { readonly port?: number }): Promise<SampleServer>;
