import { maxAnswerBytes } from './limits';

/**
 * The `fetch` of this moment, whose answers cannot be larger than `maxAnswerBytes`. VS Code puts its own `fetch`, which
 * knows the user's proxy, in place of the global one: so it is looked up at each request.
 *
 * axios's `maxContentLength` counts by passing every answer through a stream of its own, which costs as much as decoding
 * it. HTTP holds a server to the length it announces: only an answer of unknown or compressed length must be counted.
 */
export async function boundedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const { headers, body } = response;
  const announced = headers.get('content-length');
  if (announced !== null && Number(announced) > maxAnswerBytes) {
    await body?.cancel();
    throw tooLarge();
  }
  if (body === null || (announced !== null && !headers.has('content-encoding'))) return response;
  let bytes = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxAnswerBytes) throw tooLarge();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { status: response.status, statusText: response.statusText, headers });
}

function tooLarge(): Error {
  return new Error('maxContentLength exceeded');
}
