import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFilters } from '../../src/dashly/filterJson';
import { ExactNumber, isJsonObject, type JsonValue } from '../../src/dashly/json';
import { parseJson } from '../../src/dashly/jsonReader';
import { stringifyJson } from '../../src/dashly/jsonWriter';
import { decodeLeadsPage } from '../../src/dashly/lead';
import { decodePartsPage } from '../../src/dashly/conversation';
import { decodeConversations, decodeEventsPage, decodeLeadDetails } from '../../src/dashly/leadDetails';
import { HumanError } from '../../src/dashly/errors';
import { parseExportState } from '../../src/export/exportState';
import { readFilterText } from '../../src/filter/filterText';
import { plain, singleLine } from '../../src/leads/text';

/** Any text, JSON or nearly JSON: a valid one in which a piece was taken away, doubled or put in. */
const nearlyJson: fc.Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.nat(5),
      fc.constantFrom('', ',', '"', '\\', '{', ']', '1', '-', 'e9', '\u0000', '\ud800', ' '),
    )
    .map(([text, at, cut, put]) => {
      const place = text.length === 0 ? 0 : at % text.length;
      return text.slice(0, place) + put + text.slice(place + cut);
    }),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(String),
  fc.double().map((number) => `{"a":[${number.toString()}]}`),
);

/** Any JSON in which the names that decoders look for occur. */
const answer: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<JsonValue>(null, true, 0, -1, 1.5, '', 'x', '42', '1e400', new ExactNumber('9007199254740993')),
    fc.string({ maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        ...['id', 'presence', 'props', 'total', 'users', 'events', 'type', 'name', 'created', 'first', 'count', 'tags'],
        ...['notes', 'segments', 'event_type', 'props_custom', 'presence_details', 'removed', '__proto__', 'toString'],
        ...['filters', 'property_name', 'value', 'unit', 'version', 'rows', 'columns', 'app', 'query', 'format'],
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

/** What JavaScript's own reader makes of the same text. */
function rounded(value: JsonValue): unknown {
  if (value instanceof ExactNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(rounded);
  if (!isJsonObject(value)) return value;
  // `fromEntries` defines members, whatever they are called.
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rounded(one)]));
}

function readBy(read: (text: string) => unknown, text: string): { readonly value: unknown } | undefined {
  try {
    return { value: read(text) };
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return undefined;
  }
}

/** A property that must hold of every input, and how often it is tried out of a million cases. */
export interface FuzzProperty {
  readonly name: string;
  readonly share: number;
  readonly property: fc.IProperty<unknown[]>;
}

const property = <T>(name: string, share: number, input: fc.Arbitrary<T>, holds: (input: T) => void): FuzzProperty => ({
  name,
  share,
  property: fc.property(input, holds),
});

/** What is read from strangers: nothing makes it fail in a way of its own, and what is written reads back. */
export const fuzzProperties: readonly FuzzProperty[] = [
  property('the JSON reader reads what JSON.parse reads', 0.35, nearlyJson, (text) => {
    const [ours, theirs] = [readBy(parseJson, text), readBy((given) => JSON.parse(given) as unknown, text)];
    assert.equal(ours === undefined, theirs === undefined);
    if (ours && theirs) assert.deepEqual(rounded(ours.value as JsonValue), theirs.value);
  }),
  property('what the JSON writer writes is read back', 0.15, nearlyJson, (text) => {
    const read = readBy(parseJson, text);
    if (!read) return;
    const value = read.value as JsonValue;
    assert.deepEqual(parseJson(stringifyJson(value)), value);
    assert.deepEqual(parseJson(stringifyJson(value, 2)), value);
  }),
  property('decoders take any JSON', 0.2, answer, (value) => {
    const page = decodeLeadsPage(value);
    if (page) assert.equal(page.leads.length + page.skipped.length, page.received);
    const details = decodeLeadDetails(value, '42');
    if (details) assert.match(details.lead.id, /./);
    decodeEventsPage(value, isJsonObject(value) ? value : {});
    decodeConversations(value, isJsonObject(value) ? value : {});
    decodePartsPage(value, isJsonObject(value) ? value : {});
  }),
  property('filters take any JSON and any text', 0.15, fc.tuple(answer, nearlyJson), ([value, text]) => {
    const { problems } = parseFilters(value);
    assert.ok(Array.isArray(problems));
    readFilterText(text);
    readFilterText(stringifyJson(value));
  }),
  property('the state of an export takes any text', 0.1, fc.tuple(answer, nearlyJson), ([value, text]) => {
    for (const state of [text, stringifyJson(value)]) {
      try {
        parseExportState(state);
      } catch (error) {
        assert.ok(error instanceof HumanError, String(error));
      }
    }
  }),
  property('a line stays a line', 0.05, fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
    const line = singleLine(text);
    assert.equal(singleLine(line), line);
    assert.equal(plain(plain(text)), plain(text));
    assert.ok(line.length <= 200);
  }),
];
