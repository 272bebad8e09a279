import { stringifyJson, type JsonObject } from '../../dashly/json';
import type { Lead } from '../../dashly/lead';
import type { LeadRows } from './exportFormat';

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
    const chosen = this.properties.filter((name) => Object.hasOwn(props, name)).map((name) => [name, props[name] ?? null]);
    return { id, presence, props: Object.fromEntries(chosen) as JsonObject };
  }
}
