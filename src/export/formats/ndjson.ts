import * as l10n from '@vscode/l10n';
import { decodeLeadId } from '../../dashly/decode';
import { isJsonObject, type JsonObject, type JsonValue } from '../../dashly/json';
import { stringifyJson } from '../../dashly/jsonWriter';
import type { Lead } from '../../dashly/lead';
import type { ExportFormat, RowOptions } from './exportFormat';

const encoder = new TextEncoder();

/**
 * What JSON leaves as it is and other programs (Python's `splitlines`, JavaScript before 2019) take for the end of a line.
 */
const lineEnds = /[\u0085\u2028\u2029]/g;

/**
 * A lead as one line of JSON without its end: the record as the service sent it, every number digit for digit.
 * @param properties names of those to be written; undefined for all, and then everything else in the record too
 */
export function lineOf({ id, presence, props, record }: Lead, properties: RowOptions['properties']): string {
  const chosen = properties
    ?.filter((name) => Object.hasOwn(props, name))
    .map((name): [string, JsonObject[string]] => [name, props[name] ?? null]);
  const written = chosen
    ? { id, presence, props: Object.fromEntries(chosen) }
    : record.id === id
      ? record
      : { ...record, id };
  return stringifyJson(written).replace(
    lineEnds,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * The id in such a line.
 * @throws SyntaxError when it is no line of a lead
 */
export function idOfLine(line: string): string {
  // Nearly all records begin with their id, and parsing millions of them takes minutes.
  const first = line.endsWith('}') ? /^\{"id":"(\d+)"/.exec(line)?.[1] : undefined;
  const id = first ?? idOfRecord(JSON.parse(line) as JsonValue);
  const known = typeof id === 'string' ? decodeLeadId(id) : undefined;
  if (known === undefined) throw new SyntaxError('A line of the partial file is no lead.');
  return known;
}

function idOfRecord(record: JsonValue): JsonValue | undefined {
  return isJsonObject(record) ? record.id : undefined;
}

/** One JSON object a line; https://github.com/ndjson/ndjson-spec. */
export const ndjson: ExportFormat = {
  label: 'NDJSON',
  description: l10n.t('one JSON object a line, exactly as the service sent it'),
  extension: 'ndjson',
  betweenRows: 0x0a,
  idOfRow: (text) => (text === '' ? undefined : idOfLine(text)),
  encoder: ({ properties }) => ({
    encode: (leads) => encoder.encode(leads.map((lead) => `${lineOf(lead, properties)}\n`).join('')),
    kept: undefined,
    end: () => ({ append: new Uint8Array() }),
  }),
};
