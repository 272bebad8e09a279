import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, type JsonObject } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import type { Lead } from '../../../src/dashly/lead';
import { parse } from 'csv-parse/sync';
import { type FormatOptions, formats } from '../../../src/export/formats/formats';

function lead(id: string, props: JsonObject): Lead {
  return { id, presence: 'offline', props, record: { id, presence: 'offline', props } };
}

/** Writes leads by batches and reads the partial file in pieces cut anywhere. */
async function written(options: FormatOptions, leads: readonly Lead[], batch = 3, piece = 7): Promise<string> {
  const rows = formats[options.format].encoder(options);
  const part: number[] = [];
  for (let from = 0; from < leads.length; from += batch) {
    part.push(...rows.encode(leads.slice(from, from + batch)));
  }
  function* pieces(): Generator<Uint8Array, void> {
    for (let from = 0; from < part.length; from += piece) {
      yield Uint8Array.from(part.slice(from, from + piece));
    }
  }
  const bytes: Uint8Array[] = [];
  const ending = rows.end();
  const whole = 'append' in ending ? [...pieces(), ending.append] : ending.rewrite(pieces());
  for await (const chunk of whole) {
    bytes.push(chunk);
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** RFC 4180, read strictly: every row has the header's number of cells and ends with CRLF. */
function readCsv(text: string): { text: string; quoted: boolean }[][] {
  const rows: { text: string; quoted: boolean }[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: { text: string; quoted: boolean }[] = [];
    for (;;) {
      const cell = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
      cell.lastIndex = at;
      const match = cell.exec(text);
      assert.ok(match, `no cell at ${at}`);
      at = cell.lastIndex;
      row.push(
        match[1] === undefined
          ? { text: match[2] ?? '', quoted: false }
          : { text: match[1].replaceAll('""', '"'), quoted: true },
      );
      if (text[at] !== ',') {
        break;
      }
      at += 1;
    }
    assert.equal(text.slice(at, at + 2), '\r\n');
    at += 2;
    rows.push(row);
  }
  return rows;
}

/** What the documentation says to do to get a text back. */
const sign = String.raw`[=+\-@|%\u2212\ufe62\ufe63\ufe66\ufe6a\ufe6b\uff05\uff0b\uff0d\uff1d\uff20\uff5c]`;
const skipped = String.raw`[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const guard = new RegExp(`^'(?='*(?:${skipped}${sign}|[\\t\\r\\n]))`, 'u');
const unprotected = (text: string): string => text.replace(guard, '');
const formula = new RegExp(`^(?:${skipped}${sign}|[\\t\\r\\n])`, 'u');

describe('The formats of an export', () => {
  const leads = [
    lead('1448121617782670208', { $name: 'Мария, "M"', $sessions: 3, orders: new ExactNumber('9007199254740993') }),
    lead('2', { $email: '=HYPERLINK("http://x")', tags: ['a', 'b'], vip: true, note: 'two\r\nlines' }),
    lead('3', { $phone: '+79161234567', $event_1_count: -5, empty: '', nothing: null }),
    lead('4', {}),
  ];

  it('NDJSON is one record a line, digit for digit', async () => {
    const lines = (await written({ format: 'ndjson' }, leads)).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => parseJson(line)),
      leads.map(({ record }) => record),
    );
    assert.ok(lines[0]?.includes('9007199254740993'));
  });

  it('JSON is one array, also when it is empty', async () => {
    assert.deepEqual(
      parseJson(await written({ format: 'json' }, leads)),
      leads.map(({ record }) => record),
    );
    assert.deepEqual(parseJson(await written({ format: 'json' }, [])), []);
  });

  it('CSV has a column for each property seen and a cell for each column in every row', async () => {
    const [header, ...rows] = readCsv(await written({ format: 'csv' }, leads, 1));
    assert.deepEqual(
      header?.map(({ text }) => text),
      [
        'id',
        'presence',
        '$name',
        '$sessions',
        'orders',
        '$email',
        'note',
        'tags',
        'vip',
        '$phone',
        '$event_1_count',
        'empty',
        'nothing',
      ],
    );
    assert.ok(rows.every((row) => row.length === header.length));
    assert.deepEqual(
      rows.map((row) => row[0]?.text),
      leads.map(({ id }) => id),
    );
    assert.equal(rows[0]?.[4]?.text, '9007199254740993');
    assert.equal(rows[1]?.[5]?.text, '\'=HYPERLINK("http://x")');
    assert.equal(rows[1][6]?.text, 'two\r\nlines');
    assert.equal(rows[1][7]?.text, '["a","b"]');
    assert.equal(rows[2]?.[9]?.text, "'+79161234567");
    assert.equal(rows[2][10]?.text, '-5');
    assert.deepEqual(rows[2][11], { text: '', quoted: true });
    assert.deepEqual(rows[2][12], { text: '', quoted: false });
  });

  it('CSV columns of one batch come in an order of their own, not in that of the leads', async () => {
    const header = async (given: readonly Lead[]): Promise<string | undefined> =>
      (await written({ format: 'csv' }, given, 10)).split('\r\n')[0];
    assert.equal(await header(leads), await header([...leads].reverse()));
  });

  it('writes the chosen properties only, in the order chosen', async () => {
    const properties = ['orders', '$name'];
    assert.match(await written({ format: 'csv', properties }, leads), /^id,presence,orders,\$name\r\n/);
    const first = parseJson(
      (await written({ format: 'ndjson', properties }, leads)).split('\n')[0] ?? '',
    ) as JsonObject;
    assert.deepEqual(first.props, { orders: new ExactNumber('9007199254740993'), $name: 'Мария, "M"' });
  });

  it('begins a CSV with a byte order mark when asked to', async () => {
    assert.ok((await written({ format: 'csv', byteOrderMark: true }, leads)).startsWith('\ufeffid,'));
  });

  it("tells a property called id from the lead's own", async () => {
    assert.match(
      await written({ format: 'csv' }, [lead('1', { id: 'mine' })]),
      /^id,presence,props\.id\r\n1,offline,mine\r\n$/,
    );
  });

  it('no text is a formula, and every text can be had back', async () => {
    const hostile = fc
      .array(
        fc.oneof(
          fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', '＝', 'a', '😀', '\u0000', 'ÿ'),
          fc.string(),
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.join(''))
      .filter((text) => !/\p{Cs}/u.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.dictionary(
            hostile.filter((name) => name !== '__proto__'),
            hostile,
            { maxKeys: 4 },
          ),
          { maxLength: 8 },
        ),
        async (records) => {
          const given = records.map((props, index) => lead(String(index + 1), { ...props }));
          const [header, ...rows] = readCsv(await written({ format: 'csv' }, given, 2, 5));
          assert.equal(rows.length, given.length);
          rows.forEach((row, index) => {
            assert.equal(row.length, header?.length);
            const props: Record<string, string> = {};
            row.forEach(({ text, quoted }, column) => {
              assert.doesNotMatch(text, formula);
              if (column >= 2 && (text !== '' || quoted)) {
                props[unprotected(header?.[column]?.text ?? '')] = unprotected(text);
              }
            });
            const expected = Object.fromEntries(
              Object.entries(records[index] ?? {}).map(([name, value]) => [
                (name === 'id' || name === 'presence' ? `props.${name}` : name).replaceAll('\0', '\ufffd'),
                value.replaceAll('\0', '\ufffd'),
              ]),
            );
            assert.deepEqual(props, expected);
          });
        },
      ),
    );
  });

  it('no text begins a formula, whatever is skipped before it and whatever separates', async () => {
    const hidden = ['', ' ', '\u00a0', '\u3000', '\u200b', '\ufeff', '\u2060', '\u0001', '\r', '\t', '\u00ad', "'"];
    for (const separator of [',', ';'] as const) {
      const texts = hidden.flatMap((before) =>
        Array.from('=+-@|%＝＋－＠－﹢−').map((start) => `${before}${start}1+1`),
      );
      const given = texts.map((text, index) => lead(String(index + 1), { text }));
      const csv = await written({ format: 'csv', separator }, given);
      const rows = parse(csv, { delimiter: separator, from_line: 2 });
      rows.forEach((row, index) => {
        assert.doesNotMatch(row[2] ?? '', formula);
        assert.equal(unprotected(row[2] ?? ''), texts[index]);
      });
    }
    const nul = await written({ format: 'csv' }, [lead('1', { text: '\u0000=1+1' })]);
    assert.equal(nul, 'id,presence,text\r\n1,offline,\ufffd=1+1\r\n');
  });

  it('quotes whatever could be taken for the end of a cell', async () => {
    for (const separator of [',', ';'] as const) {
      const csv = await written({ format: 'csv', separator }, [lead('1', { a: 'x;=1+1', b: 'x\t=1', c: 'x,=1' })]);
      assert.equal(csv.split('\r\n')[1], ['1', 'offline', '"x;=1+1"', '"x\t=1"', '"x,=1"'].join(separator));
    }
  });

  it('calls no two columns alike', async () => {
    const names = [
      'id',
      'props.id',
      'props.props.id',
      'presence',
      'a\u0000',
      'a\ufffd',
      '\ud800',
      '\ud801',
      '=x',
      "'=x",
    ];
    const props = Object.fromEntries(names.map((name) => [name, 1]));
    const [header] = parse(await written({ format: 'csv' }, [lead('1', props)]));
    assert.equal(header?.length, names.length + 2);
    assert.equal(new Set(header).size, names.length + 2);
  });

  it('NDJSON has no other line ends than its own', async () => {
    const text = 'a\u2028b\u2029c\u0085d\u000be';
    for (const format of ['ndjson', 'json'] as const) {
      const file = await written({ format }, [lead('1', { text })]);
      assert.doesNotMatch(file, /[\u000b\u0085\u2028\u2029]/);
      const record = parseJson(format === 'json' ? file : file.trimEnd());
      assert.ok(JSON.stringify(record).includes(JSON.stringify(text)));
    }
  });

  it('an independent reader gets back every CSV', async () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyText, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<',' | ';'>(',', ';'),
        async (rows, separator) => {
          const given = rows.map(([a = '', b = '', c = ''], index) => lead(String(index + 1), { a, b, c }));
          const csv = await written({ format: 'csv', separator }, given, 2, 5);
          const read = parse(csv, {
            delimiter: separator,
            from_line: 2,
            record_delimiter: '\r\n',
          });
          assert.deepEqual(
            read.map((cells) => cells.slice(2).map(unprotected)),
            rows.map((cells) => cells.map((cell) => Buffer.from(cell.replaceAll('\0', '\ufffd')).toString())),
          );
        },
      ),
    );
  });
});
