import type { AxiosAdapter } from 'axios';
import type { SampleApi } from './sampleApi';

/** An address for the sample app's client: nothing is ever sent there. */
export const sampleAddress = 'https://sample.invalid';

/**
 * An axios adapter that asks the sample API instead of the network: axios's own fetch adapter over a `fetch` that is the
 * API, so that errors, limits, time-outs and aborts are those of real requests.
 */
export declare function sampleAdapter(api: SampleApi): AxiosAdapter;
