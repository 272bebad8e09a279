import type { JsonObject } from '../../dashly/json';
import { stringifyJson } from '../../dashly/jsonWriter';
import type { Lead } from '../../dashly/lead';
import type { Chunks, LeadRows } from './formats';

const encoder = new TextEncoder();

/** One JSON object a line (NDJSON): the record as the service sent it, every number digit for digit. */
export class JsonRows implements LeadRows {
  readonly columns = undefined;

  /** @param properties names of those to be written; undefined for all, and then everything else in the record too */
  constructor(private readonly properties: readonly string[] | undefined) {}

  encode(leads: readonly Lead[]): Uint8Array {
    return encoder.encode(leads.map((lead) => `${stringifyJson(this.record(lead))}\n`).join(''));
  }

  private record({ id, presence, props, record }: Lead): JsonObject {
    if (!this.properties) {
      return record.id === id ? record : { ...record, id };
    }
    const chosen = this.properties
      .filter((name) => Object.hasOwn(props, name))
      .map((name) => [name, props[name] ?? null]);
    return { id, presence, props: Object.fromEntries(chosen) as JsonObject };
  }
}

const lineEnd = 0x0a;

/** A JSON array with one lead a line, from lines of JSON. */
export async function* finishedJson(lines: Chunks): AsyncGenerator<Uint8Array, void> {
  yield encoder.encode('[');
  // The comma belongs before a line and not behind it, because nothing says which line is the last.
  let betweenLines = true;
  let first = true;
  for await (const chunk of lines) {
    const pieces: Uint8Array[] = [];
    for (let from = 0; from < chunk.length;) {
      if (betweenLines) {
        pieces.push(encoder.encode(first ? '\n' : ',\n'));
        [betweenLines, first] = [false, false];
      }
      const end = chunk.indexOf(lineEnd, from);
      pieces.push(chunk.subarray(from, end < 0 ? undefined : end));
      betweenLines = end >= 0;
      from = end < 0 ? chunk.length : end + 1;
    }
    yield joined(pieces);
  }
  yield encoder.encode('\n]\n');
}

/** One array instead of many. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    whole.set(piece, position);
    position += piece.length;
  }
  return whole;
}
