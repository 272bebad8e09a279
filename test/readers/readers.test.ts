/**
 * `npm run test:readers`: exported files in the programs that people load them into, as far as these are there. LibreOffice,
 * Gnumeric and pandas are the system's (Debian: `libreoffice-calc-nogui gnumeric python3-pandas`); DuckDB and SheetJS come
 * from npm at the first run.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Lead } from '../../src/dashly/lead';
import { type FormatOptions, formats } from '../../src/export/formats/formats';
import { hostileTexts } from '../service/hostileTexts';
import { cacheFolder } from '../vscode/folders';

const packages = ['@duckdb/node-api@1.5.6-r.1', 'xlsx@0.18.5'];

/** One of each that is not made of what no file of text can hold: half of a pair. */
const texts = [...new Set(hostileTexts.map(({ text }) => text))].filter(
  (text) => Buffer.from(text).toString() === text,
);
/** A cell holds 32,767 characters in spreadsheets; U+0000 no CSV. */
const cells = texts.filter((text) => text.length < 32_000).map((text) => text.replaceAll('\0', '\ufffd'));

function lead(id: number, props: Record<string, string>): Lead {
  const given = Object.assign(Object.create(null) as Record<string, string>, props);
  const record = { id: String(id), presence: 'offline', props: given };
  return { ...record, record };
}

/** A lead for each text, in which it is a value; a last one has no value. */
const ofValues = [
  ...cells.map((text, index) => lead(index + 1, { value: text, after: 'x' })),
  lead(9999, { after: 'x' }),
];

async function exported(options: FormatOptions, leads: readonly Lead[]): Promise<string> {
  const encoder = formats[options.format].encoder(options);
  const rows = encoder.encode(leads);
  const ending = encoder.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of 'append' in ending ? [rows, ending.append] : ending.rewrite([rows])) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * What is left of a text in a spreadsheet's cell: controls, blanks at the ends and kinds of line breaks are its own affair.
 */
const held = (text: string): string => text.replace(/[\p{Cc}\s\ufffe\uffff]+/gu, '');

describe('An exported file', function () {
  this.timeout(300_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-readers-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, options: FormatOptions, leads: readonly Lead[]): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, await exported(options, leads));
    return path;
  }

  const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

  /**
   * Every text as it is or guarded, in its cell, and no other cells.
   * @param retyped those that the program takes for a number, a date or the like
   */
  function assertTexts(rows: readonly (readonly string[])[], retyped: readonly string[] = []): void {
    assert.equal(rows.length, ofValues.length + 1);
    const [header = []] = rows;
    const [value, after] = [header.indexOf('value'), header.indexOf('after')];
    const wrong = cells.flatMap((text, index) => {
      const row = rows[index + 1] ?? [];
      const cell = held(row[value] ?? '');
      const isText = [held(text), `'${held(text)}`].includes(cell) || retyped.includes(text);
      return isText && row[after] === 'x' && row.length === header.length
        ? []
        : [[text.slice(0, 200), cell.slice(0, 200)]];
    });
    assert.deepEqual(wrong, []);
  }

  describe('in LibreOffice', () => {
    before(function () {
      if (!isThere('soffice')) this.skip();
      console.log(`      ${execFileSync('soffice', ['--version'], { encoding: 'utf8' }).trim()}`);
    });

    const convert = (path: string, to: string, ...more: string[]): void => {
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      execFileSync('soffice', [profile, '--headless', ...more, '--convert-to', to, '--outdir', folder, path], {
        stdio: 'pipe',
      });
    };

    /** What it takes for a number or a truth value, as long as nobody says that the column is text. */
    const retyped = ['true', '1e5', '007', '9007199254740993', '1e400'];

    /** How it is imported: what separates, and whether the boxes of the dialog are ticked. */
    const imports: readonly (readonly [string, FormatOptions, string])[] = [
      // It takes the file for Windows-1252 then, with the mark too.
      ['without being told anything', { format: 'csv', byteOrderMark: true }, ''],
      [
        'with comma, semicolon and tab as separators',
        { format: 'csv' },
        'CSV:44/59/9,34,76,1,,0,false,true,false,false,false,-1',
      ],
      ['evaluating formulas', { format: 'csv' }, 'CSV:44,34,76,1,,0,false,true,false,false,false,-1,true'],
      ['with semicolons', { format: 'csv', separator: ';' }, 'CSV:59,34,76,1,,0,false,true,false,false,false,-1,true'],
    ];
    for (const [place, [how, options, filter]] of imports.entries()) {
      it(`holds no formula${filter === '' ? '' : ', and every text in its cell'}: ${how}`, async () => {
        const path = await file(`office${place}.csv`, options, ofValues);
        const infilter = filter === '' ? [] : [`--infilter=${filter}`];
        convert(path, 'fods', ...infilter);
        const sheet = await readFile(join(folder, `office${place}.fods`), 'utf8');
        assert.ok(sheet.includes('table:table-cell'));
        assert.deepEqual(sheet.match(/table:formula="[^"]*"/g) ?? [], []);
        if (filter === '') return;
        convert(join(folder, `office${place}.fods`), 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true');
        assertTexts(parse(await readFile(path, 'utf8'), { relax_column_count: true }), retyped);
      });
    }

    it('is what this test can tell from a file with formulas', async () => {
      const path = join(folder, 'formulas.csv');
      await writeFile(path, 'a,b\r\n=1+1,x\r\n');
      convert(path, 'fods', '--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true');
      assert.match(await readFile(join(folder, 'formulas.fods'), 'utf8'), /table:formula="/);
    });
  });

  describe('in Gnumeric', () => {
    before(function () {
      if (!isThere('ssconvert')) this.skip();
      console.log(`      ${execFileSync('ssconvert', ['--version'], { encoding: 'utf8' }).trim().split('\n')[0]}`);
    });

    async function formulas(path: string): Promise<string[]> {
      const to = join(folder, 'gnumeric.xml');
      execFileSync('ssconvert', ['--import-encoding=UTF-8', '--export-type=Gnumeric_XmlIO:sax:0', path, to], {
        stdio: 'pipe',
      });
      const sheet = await readFile(to, 'utf8');
      const found = [...sheet.matchAll(/<gnm:Cell ([^>]*)>([^<]*)/g)];
      assert.ok(found.length > 0);
      // A formula has no type of its own.
      return found.flatMap(([, attributes = '', text = '']) => (attributes.includes('ValueType') ? [] : [text]));
    }

    for (const separator of [',', ';'] as const) {
      it(`holds no formula, with “${separator}”`, async () => {
        const name = `gnumeric${separator === ',' ? 'Comma' : 'Semicolon'}.csv`;
        assert.deepEqual(await formulas(await file(name, { format: 'csv', separator }, ofValues)), []);
      });
    }

    it('is what this test can tell from a file with formulas', async () => {
      const path = join(folder, 'formulas.csv');
      await writeFile(path, 'a,b\r\n=1+1,x\r\n');
      assert.deepEqual(await formulas(path), ['=1+1']);
    });
  });

  describe('in pandas', () => {
    const python = '/usr/bin/python3';
    const read = (script: string, ...args: string[]): unknown =>
      JSON.parse(execFileSync(python, ['-c', script, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }));
    before(function () {
      if (spawnSync(python, ['-c', 'import pandas']).status !== 0) this.skip();
      console.log(
        `      pandas ${execFileSync(python, ['-c', 'import pandas; print(pandas.__version__)'], { encoding: 'utf8' }).trim()}`,
      );
    });

    it('has every text of a CSV, and not cut', async () => {
      const path = await file('pandas.csv', { format: 'csv' }, ofValues);
      const script = `
import sys, json, pandas
table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
print(json.dumps([list(table.columns)] + table.values.tolist()))`;
      assertTexts(read(script, path) as string[][]);
    });

    it('has every lead of NDJSON on a line of its own, with every text', async () => {
      const path = await file('pandas.ndjson', { format: 'ndjson' }, ofValues);
      const script = `
import sys, json
lines = open(sys.argv[1], encoding='utf-8').read().splitlines()
print(json.dumps([json.loads(line)['props'].get('value') for line in lines]))`;
      assert.deepEqual(read(script, path), [...cells, null]);
      const script2 = `
import sys, json, pandas
table = pandas.read_json(sys.argv[1], lines=True, dtype=False)
print(json.dumps([props.get('value') for props in table['props']]))`;
      assert.deepEqual(read(script2, path), [...cells, null]);
    });
  });

  describe('in SheetJS', () => {
    type Sheet = Readonly<Record<string, { readonly f?: string } | undefined>>;
    interface SheetJs {
      readonly version: string;
      read(text: string, options: object): { readonly Sheets: Readonly<Record<string, Sheet>> };
      readonly utils: { sheet_to_json(sheet: Sheet, options: object): string[][] };
    }
    let library: SheetJs;
    before(async () => {
      library = (await npmPackage('xlsx')) as SheetJs;
      console.log(`      SheetJS ${library.version}`);
    });

    for (const separator of [',', ';'] as const) {
      it(`holds no formula, with “${separator}”`, async () => {
        const text = await exported({ format: 'csv', separator }, ofValues);
        const sheet = Object.values(library.read(text, { type: 'string', raw: false }).Sheets)[0] ?? {};
        assert.deepEqual(
          Object.values(sheet).flatMap((cell) => cell?.f ?? []),
          [],
        );
      });
    }
  });

  describe('in DuckDB, as docs/export.md says', () => {
    interface Reader {
      getRows(): unknown[][];
    }
    const guide = (): Promise<string> => readFile(join(__dirname, '../../docs/export.md'), 'utf8');
    let run: (sql: string) => Promise<unknown[][]>;
    let statements: readonly string[];
    before(async () => {
      const { DuckDBInstance, version } = (await npmPackage('@duckdb/node-api')) as {
        readonly version: () => string;
        readonly DuckDBInstance: {
          create(path: string): Promise<{ connect(): Promise<{ runAndReadAll(sql: string): Promise<Reader> }> }>;
        };
      };
      console.log(`      DuckDB ${version()}`);
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      run = async (sql) => (await connection.runAndReadAll(sql)).getRows();
      const code = /## In DuckDB\s+```sql\n([^]*?)```/.exec(await guide())?.[1] ?? '';
      statements = code
        .replace(/^--.*$/gm, '')
        .split(';\n')
        .map((one) => one.trim())
        .filter(Boolean);
    });

    /** The guide's statements that have this in them, over these files. */
    async function runGuide(what: RegExp, files: Readonly<Record<string, string>>): Promise<unknown[][]> {
      let last: unknown[][] = [];
      const chosen = statements.filter((one) => what.test(one));
      assert.ok(chosen.length > 0);
      for (const one of chosen) {
        last = await run(
          Object.entries(files).reduce((sql, [name, path]) => sql.replaceAll(`'${name}'`, `'${path}'`), one),
        );
      }
      return last;
    }

    /** The texts of a column, by id; by way of their bytes, because the package leaves a mark at the start of a text out. */
    async function texts(column: string, table: string): Promise<(string | null)[]> {
      const rows = await run(`SELECT hex(encode(${column})) FROM ${table} ORDER BY id::HUGEINT`);
      return rows.map(([bytes]) => (typeof bytes === 'string' ? Buffer.from(bytes, 'hex').toString() : null));
    }

    it('NDJSON has every text, made loadable as it says', async () => {
      const path = await file('leads.ndjson', { format: 'ndjson' }, [
        ...ofValues.slice(0, -1),
        lead(5000, { value: 'a\u0000b\\u0000 \ud83d \\ud83d' }),
        lead(9999, { $country: 'Spain' }),
      ]);
      const command = /^perl .*$/m.exec(await guide())?.[0] ?? '';
      execFileSync('sh', ['-c', command], { cwd: folder });
      const countries = await runGuide(/read_json|props->>/, { 'loadable.ndjson': join(folder, 'loadable.ndjson') });
      assert.deepEqual(
        countries.filter(([country]) => country !== null),
        [['Spain', 1n]],
      );
      const rows = await texts(`props->>'$.value'`, 'leads');
      assert.deepEqual(rows, [...cells, 'a\ufffdb\\u0000 \ufffd \\ud83d', null]);
      assert.ok(path);
    });

    it('a CSV has every text as it was sent, with what was empty told from what is missing', async () => {
      const path = await file('leads.csv', { format: 'csv' }, [
        ...cells.map((text, index) => lead(index + 1, { $phone: text })),
        lead(9999, { after: 'x' }),
      ]);
      await runGuide(/leads_table|MACRO/, { 'leads.csv': path });
      const rows = await texts('"$phone"', 'leads_table');
      assert.deepEqual(rows, [...cells, null]);
    });
  });

  /** A package that only this test needs; installed at the first run. */
  async function npmPackage(name: string): Promise<unknown> {
    const place = join(cacheFolder, 'readers');
    const require = createRequire(join(place, 'package.json'));
    try {
      return require(name);
    } catch {
      execFileSync('npm', ['install', '--prefix', place, '--no-audit', '--no-fund', '--save-exact', ...packages], {
        stdio: 'pipe',
      });
      return Promise.resolve(require(name));
    }
  }
});
