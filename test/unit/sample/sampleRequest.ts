import { sampleAddress } from '../../../src/sample/sampleApi';
import { TestApi } from '../../service/testApi';
import { TestApp, type TestAppOptions } from '../../service/testApp';

/** 2026-03-01T12:00:00 UTC */
export const noon = Date.UTC(2026, 2, 1, 12);

/** A small app whose clock stands still, and its API. */
export function smallApi(leads = 120, options: TestAppOptions = {}): TestApi {
  return new TestApi(new TestApp({ leads, now: () => noon, ...options }));
}

/** Asks the API with its own token. */
export async function ask(
  api: TestApi,
  path: string,
  params: Record<string, string | number | boolean> = {},
  request: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: string }> {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]));
  const response = await api.handle(
    new Request(`${new URL(path, sampleAddress).href}?${query.toString()}`, {
      method: request.method ?? 'GET',
      headers: request.headers ?? { authorization: `Token ${api.token}` },
    }),
  );
  return { status: response.status, body: await response.text() };
}

export interface ListBody {
  meta: { status: number };
  data: { total: number; users: { id: string; presence: string; props: Record<string, unknown> }[] };
}

export interface ErrorBody {
  meta: { status: number; error: string; error_message: string; error_fields?: Record<string, string[]> };
  data: object;
}

/** A page of the list, with ids as strings. */
export async function list(
  api: TestApi,
  params: Record<string, string | number | boolean> = {},
): Promise<ListBody['data']> {
  const response = await ask(api, '/apps/$self_app/users', { id_as_string: true, ...params });
  if (response.status !== 200) {
    throw new Error(response.body);
  }
  return (JSON.parse(response.body) as ListBody).data;
}
