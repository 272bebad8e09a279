import { exactNumber, type JsonObject, type JsonValue } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import { textCell, csvCell } from '../leads/csvCell';
import { dateInUtc } from '../leads/dates';
import type { ExactCount, ShownDetail, ShownExploration, ShownRow, ShownValue } from './protocol';

/** What the page shows, to be written as a document: masked where it is masked there. */
export interface Report {
  readonly exploration: ShownExploration;
  readonly properties: readonly {
    readonly row: ShownRow;
    readonly detail: ShownDetail;
    readonly exact: ExactCount | undefined;
  }[];
}

/** As JSON: which leads, then each property. */
export function reportJson({ exploration, properties }: Report): string {
  const { title, source, leads, notes } = exploration;
  return stringifyJson({ title, source, notes: [...notes], leads, properties: properties.map(propertyJson) }, 2) + '\n';
}

const columns = [
  ...['name', 'title', 'group', 'types', 'leads', 'of_leads', 'exact'],
  ...['smallest', 'largest', 'different_values', 'most_frequent'],
];

/** As CSV (RFC 4180), a line a property; texts of strangers are no formulas (`csvCell`). */
export function reportCsv({ exploration, properties }: Report): string {
  const lines = properties.map(({ row, detail, exact }) => [
    row.name,
    row.title,
    row.group,
    row.types.join(', '),
    row.count,
    exploration.leads,
    countOf(exact) ?? null,
    row.smallest ? valueJson(row.smallest) : null,
    row.largest ? valueJson(row.largest) : null,
    detail.distinct,
    detail.frequent.map(({ value, count }) => ({ value: valueJson(value), count })),
  ]);
  return [columns.map(textCell), ...lines.map((line) => line.map(csvCell))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
}

function propertyJson({ row, detail, exact }: Report['properties'][number]): JsonObject {
  const members: Readonly<Record<string, JsonValue | undefined>> = {
    name: row.name,
    title: row.title,
    group: row.group,
    leads: row.count,
    exact: countOf(exact),
    types: detail.types.map((type) =>
      defined({
        type: type.type,
        leads: type.count,
        smallest: type.smallest && valueJson(type.smallest),
        largest: type.largest && valueJson(type.largest),
        lengths: type.lengths,
      }),
    ),
    ...Object.fromEntries(detail.facts.map(({ name, value }) => [name, valueJson(value)])),
    different_values: detail.distinct,
    most_frequent: detail.frequent.map(({ value, count }) => ({ value: valueJson(value), count })),
  };
  return defined(members);
}

function countOf(exact: ExactCount | undefined): number | undefined {
  return exact?.state === 'counted' ? exact.count : undefined;
}

function valueJson(value: ShownValue): JsonValue {
  switch (value.kind) {
    case 'number':
      // One that is too long to be shown was cut.
      return Number.isNaN(Number(value.text)) ? value.text : exactNumber(value.text);
    case 'boolean':
      return value.value;
    case 'date':
      return dateInUtc(value);
    case 'unset':
      return null;
    default:
      return value.text;
  }
}

function defined(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, JsonValue] => member[1] !== undefined),
  );
}
