import assert from 'node:assert/strict';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ExactNumber, type JsonValue } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import { namesBeside } from '../../../src/export/besideFiles';
import { ExportError } from '../../../src/export/exportError';
import { type ExportState, parseExportState, stateText } from '../../../src/export/exportState';
import { type FormatName, formatNames, formats } from '../../../src/export/formats/formats';
import { LeadsExport } from '../../../src/export/leadsExport';
import { LocalTarget } from '../../../src/export/localTarget';
import { lead, ModelSource } from '../crawl/modelSource';

/** Of a crawl of nine leads that has read none. */
const crawl = {
  version: 2,
  query: {},
  startedAt: 0,
  countedAtStart: 9,
  tasks: [{ window: { parts: [] }, passes: [{}], expected: 9 }],
} as const;

const state: ExportState = {
  version: 2,
  app: { key: 'https://api.dashly.app $self_app', name: 'Shop', fingerprint: 'ab12' },
  format: { format: 'csv', properties: ['$name'], separator: ';' },
  masked: true,
  crawl: {
    version: 2,
    query: {
      filters: {
        type: 'and',
        filters: [{ type: 'eq', property_name: 'orders', value: { value: new ExactNumber('9007199254740993') } }],
      },
      sortProp: '$last_seen',
      sortOrder: 'asc',
    },
    startedAt: Date.UTC(2026, 0, 31),
    countedAtStart: 12_345,
    tasks: [
      {
        window: {
          parts: [
            { kind: 'date', prop: '$last_seen', from: 1 },
            { kind: 'lacks', prop: '$name', text: 'é' },
          ],
        },
        passes: [{ prop: '$last_seen', order: 'desc' }, {}],
        expected: 700,
        outcome: { found: 1, total: 2, moved: true, gap: false, undecodable: 0, unsteady: false },
      },
    ],
  },
  bytes: 100,
  leads: 3,
  kept: { names: ['id'], widths: [] },
};

/** A state, or one sentence: nothing else may come of any text. */
function parsed(text: string): ExportState | undefined {
  try {
    return parseExportState(text);
  } catch (error) {
    assert.ok(error instanceof ExportError && error.kind === 'notResumable', String(error));
    return undefined;
  }
}

describe('The state of an export', () => {
  it('is read as it was written, digit for digit', () => {
    assert.deepEqual(stateText(parseExportState(stateText(state))), stateText(state));
    assert.match(stateText(state), /"value":9007199254740993[^\d"]/);
  });

  it('says the name of its app in one short line in which nothing is hidden', () => {
    const named = (name: string): string =>
      parseExportState(stateText({ ...state, app: { ...state.app, name } })).app.name;
    assert.equal(named('Shop\u202e\n\u2066Press Resume'), 'Shop\\u202E \\u2066Press Resume');
    assert.equal(named('x'.repeat(9_000)).length, 60);
  });

  it('is refused in one sentence when it is anything else', () => {
    for (const text of ['', '[]', 'null', '{}', '['.repeat(100_000), '{"version":1}', stateText(state).slice(0, -1)]) {
      assert.equal(parsed(text), undefined);
    }
  });

  it('is refused, or is within its bounds, whatever is put into it', () => {
    const whole = parseJson(stateText(state));
    const hostile = fc.oneof(
      fc.constantFrom<JsonValue>(null, -1, 1.5, 1e300, 'x', '__proto__', [], {}, true, [[]]),
      fc.jsonValue() as fc.Arbitrary<JsonValue>,
    );
    /** Replaces the so manieth value in it, from the root. */
    const replaced = (value: JsonValue, at: { left: number }, other: JsonValue): JsonValue => {
      at.left -= 1;
      if (at.left === 0) {
        return other;
      }
      if (Array.isArray(value)) {
        return value.map((item) => replaced(item, at, other));
      }
      return typeof value === 'object' && value !== null && !(value instanceof ExactNumber)
        ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item, at, other)]))
        : value;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), hostile, (at, other) => {
        const read = parsed(stringifyJson(replaced(whole, { left: at }, other)));
        if (read) {
          assert.ok(Number.isSafeInteger(read.bytes) && read.bytes >= 0);
          assert.ok(formatNames.includes(read.format.format));
          assert.ok(read.crawl.tasks.every(({ window }) => window.parts.every(({ prop }) => typeof prop === 'string')));
          assert.doesNotThrow(() => stateText(read));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('A partial file', () => {
  let folder: string;
  beforeEach(async () => (folder = await files.mkdtemp(join(tmpdir(), 'dashly-partial-'))));
  afterEach(() => files.rm(folder, { recursive: true, force: true }));

  const first = '{"id":"1","presence":"offline","props":{}}';
  const columns = { names: ['id', 'presence'], widths: [{ row: 0, columns: 2 }] };
  const longId = '1'.repeat(21);
  for (const [format, part, rows] of [
    ['ndjson', 'null\n', 1],
    ['ndjson', '5\n', 1],
    ['ndjson', '{"id":5}\n', 1],
    ['ndjson', '{"id":null}\n', 1],
    ['ndjson', '{"id":"zzz"}\n', 1],
    ['ndjson', '{"id":{"a":1}}\n', 1],
    ['ndjson', `{"id":"${longId}"}\n`, 1],
    ['ndjson', '{"presence":"offline"}\n', 1],
    ['ndjson', `[${first}]\n`, 1],
    ['ndjson', `${first}\n{"id":"2"`, 2],
    ['json', `[\n${first},\nnull`, 2],
    ['json', `[\n${first},\n{"id":"zzz"}`, 2],
    ['json', `[\n${first},\n{"id":2}`, 2],
    ['csv', '1,offline\xffx,offline\xff', 2],
    ['csv', '1,offline\xff2x,offline\xff', 2],
    ['csv', '1\xff', 1],
    ['csv', `${longId},offline\xff`, 1],
  ] as const) {
    it(`of ${format} is gone on with only when its rows are leads: ${JSON.stringify(part)}`, async () => {
      const path = join(folder, 'leads');
      const bytes = Buffer.from(part, 'latin1');
      await files.writeFile(namesBeside(path).part, bytes);
      const kept: ExportState = {
        ...{ version: 2, app: state.app, format: { format }, masked: false, crawl },
        ...{ bytes: bytes.length, leads: rows, kept: format === 'csv' ? columns : undefined },
      };
      await assert.rejects(LeadsExport.resume(new ModelSource([]), kept, path), {
        name: 'ExportError',
        kind: 'notResumable',
      });
    });
  }
});

describe('An export killed at any byte', () => {
  let folder: string;
  beforeEach(async () => (folder = await files.mkdtemp(join(tmpdir(), 'dashly-killed-'))));
  afterEach(() => files.rm(folder, { recursive: true, force: true }));

  it('is gone on with exactly, or refused', async () => {
    const leads = Array.from({ length: 9 }, (_, index) =>
      lead(index + 1, { $name: `né, "${index}"\n`, [`p${index % 4}`]: 1 }),
    );
    const source = new ModelSource(leads);
    const order = { app: state.app, query: {}, masked: false };
    const wholeFile = async (format: FormatName): Promise<string> => {
      const rows = formats[format].encoder({});
      const path = join(folder, 'whole');
      const target = await LocalTarget.create(path);
      await target.append(rows.encode(leads));
      await target.finish(rows.end());
      await target.close();
      return files.readFile(path, 'utf8');
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...formatNames),
        fc.integer({ min: 0, max: 9 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.boolean(),
        async (format, written, garbage, cutShort) => {
          const path = join(folder, 'leads');
          const rows = formats[format].encoder({});
          const target = await LocalTarget.create(path);
          // In order of their ids, as the crawl gives them.
          await target.append(rows.encode(leads.slice(0, written)));
          await target.keep(
            stateText({
              version: 2,
              ...order,
              format: { format },
              crawl,
              bytes: target.bytes,
              leads: written,
              kept: rows.kept,
            }),
          );
          await target.close();
          const { part } = namesBeside(path);
          if (cutShort) {
            const { size } = await files.stat(part);
            await files.truncate(part, Math.floor(size / 2));
          } else {
            await files.appendFile(part, garbage);
          }
          const kept = parseExportState((await LocalTarget.readState(path)) ?? '');
          let resumed: LeadsExport;
          try {
            resumed = await LeadsExport.resume(source, kept, path);
          } catch (error) {
            assert.ok(error instanceof ExportError && error.kind === 'notResumable', String(error));
            assert.ok(cutShort);
            return;
          }
          const result = await resumed.run((one) => one, new AbortController().signal).finally(() => resumed.close());
          assert.deepEqual({ read: result.read, missing: result.missing }, { read: 9, missing: 0 });
          const text = await files.readFile(path, 'utf8');
          const ids = [...text.matchAll(format === 'csv' ? /^(\d+),offline/gm : /^\{"id":"(\d+)"/gm)].map(
            ([, id]) => id,
          );
          assert.deepEqual(
            ids.sort(),
            leads.map(({ id }) => id),
          );
          assert.equal(text.length, (await wholeFile(format)).length);
          await files.rm(path);
        },
      ),
      { numRuns: 60 },
    );
  });
});
