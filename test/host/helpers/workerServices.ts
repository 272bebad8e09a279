import type { RequestHandler } from '../../../src/sample/sampleApi';
import { type SampleServer, serveSampleApi } from '../../service/server';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';

type Served = Pick<SampleServer, 'address' | 'token'>;

/** The services that tests in a web worker find: one that permits web pages to read its answers, and one that does not. */
export interface WorkerServices {
  readonly permitting: Served;
  readonly silent: Served;
}

/** Serves them. @param use what is done meanwhile */
export async function withWorkerServices<T>(use: (services: WorkerServices) => Promise<T>): Promise<T> {
  const api = new TestApi(new TestApp({ leads: 200 }));
  const [permitting, silent] = await Promise.all([serveSampleApi(permittingPages(api)), serveSampleApi(api)]);
  try {
    return await use({
      permitting: { address: permitting.address, token: permitting.token },
      silent: { address: silent.address, token: silent.token },
    });
  } finally {
    await Promise.all([permitting.close(), silent.close()]);
  }
}

/** What a browser asks for before it hands answers to a page of another address (Fetch standard, CORS protocol). */
const permission = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' };

function permittingPages(api: TestApi): RequestHandler & { readonly token: string } {
  return {
    token: api.token,
    async handle(request: Request): Promise<Response> {
      if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: permission });
      const answer = await api.handle(request);
      const headers = { ...Object.fromEntries(answer.headers), ...permission };
      return new Response(answer.body, { status: answer.status, headers });
    },
  };
}
