import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, exactNumber, type JsonValue, wholeDigits } from '../../../src/dashly/json';
import { JsonSyntaxError, parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson, stringifySortedJson } from '../../../src/dashly/jsonWriter';

const literal = fc.oneof(
  fc.constantFrom('-0', '1.0', '1e400', '-1E-7', '0.10', '-0.0', '1448121617782670208', '0.1234567890123456789', '1e5'),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
);

const memberNames = ['__proto__', 'constructor', 'a', 'b"1.0', 'ключ', '1', '\\n', '\n'];

/**
 * JSON text in one line with numbers of every kind; strings look like numbers, names like `__proto__` and indices.
 * @param members a list of what stands between braces
 */
const jsonTextWith = (
  members: (member: fc.Arbitrary<[string, string]>) => fc.Arbitrary<[string, string][]>,
): fc.Arbitrary<string> =>
  fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      literal,
      fc.constantFrom('null', 'true', 'false'),
      fc
        .oneof(
          fc.string(),
          literal,
          literal.map((text) => `a":${text}, "`),
          fc.constant('\\'),
        )
        .map((text) => JSON.stringify(text)),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      members(fc.tuple(fc.constantFrom(...memberNames), tie('value'))).map(
        (members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`,
      ),
    ),
  })).value;

/** Without a name that JavaScript puts before the others. */
const jsonText = jsonTextWith((member) =>
  fc.uniqueArray(
    member.filter(([name]) => name !== '1'),
    { selector: ([name]) => name },
  ),
);

/** What the engine makes of a text whose numbers are strings that begin with #: the literals as it would read them. */
function readAsStrings(text: string): unknown {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (token.startsWith('"') ? token : `"#${token}"`)),
  );
}

/** The same of a value that was read. */
function withStrings(value: JsonValue): unknown {
  return JSON.parse(
    stringifyJson(value).replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
      token.startsWith('"') ? token : `"#${token}"`,
    ),
  );
}

describe('lossless JSON', () => {
  it('gives every text back digit for digit', () => {
    fc.assert(
      fc.property(jsonText, (text) => assert.equal(stringifyJson(parseJson(text)), text)),
      { numRuns: 2000 },
    );
  });

  it('gives a text with white space back as JSON.stringify lays it out', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 8 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const parsed = parseJson(text);
        assert.equal(stringifyJson(parsed, indent), JSON.stringify(JSON.parse(text), undefined, indent));
        const withExact = stringifyJson([parsed, new ExactNumber('1.0')], indent);
        assert.equal(
          withExact,
          JSON.stringify([JSON.parse(text), '1.0'], undefined, indent).replace(/"1\.0"(?=\s*\]$)/, '1.0'),
        );
      }),
    );
  });

  it('keeps the last of members that are called alike, as the engine does, digit for digit', () => {
    for (const text of [
      '{"a":1.0,"a":1}',
      '{"a":1,"a":1.0}',
      '{"a":{"b":1.0},"a":{"b":1}}',
      '{"a":[1.0],"a":{"0":1}}',
      '{"a":{"__proto__":{"x":1.0}},"a":{}}',
      '[{"a":1.0,"\\u0061":2,"b":3.0}]',
    ]) {
      assert.deepEqual(withStrings(parseJson(text)), readAsStrings(text), text);
    }
    fc.assert(
      fc.property(
        jsonTextWith((member) => fc.array(member, { maxLength: 6 })),
        (text) => assert.deepEqual(withStrings(parseJson(text)), readAsStrings(text)),
      ),
      { numRuns: 3000 },
    );
    assert.equal(({} as { x?: unknown }).x, undefined);
  });

  it('keeps __proto__ as a member and pollutes nothing', () => {
    const value = parseJson('{"__proto__":{"polluted":1.0},"__proto__x":1}');
    assert.equal(stringifyJson(value), '{"__proto__":{"polluted":1.0},"__proto__x":1}');
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('leaves ordinary numbers as numbers and strings of digits as strings', () => {
    assert.deepEqual(parseJson('{"a":1.5,"b":"1448121617782670208","c":"x, 12345678901234567890"}'), {
      a: 1.5,
      b: '1448121617782670208',
      c: 'x, 12345678901234567890',
    });
  });

  it('reads and writes what is nested as deep as 100,000 levels', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['{"a":1,"b":[', ']}'],
    ] as const) {
      const text = `${open.repeat(100_000)}1.0${close.repeat(100_000)}`;
      assert.equal(stringifyJson(parseJson(text)), text);
    }
  });

  it('sorts the members of all levels', () => {
    const text = '{"b":[{"z":1.0,"a":2}],"a":{"d":1,"c":2}}';
    assert.equal(stringifySortedJson(parseJson(text)), '{"a":{"c":2,"d":1},"b":[{"a":2,"z":1.0}]}');
  });

  it('refuses what JSON.parse refuses, without quoting it', () => {
    fc.assert(
      fc.property(jsonText, fc.nat(), fc.constantFrom('', 'x', '"', ',', '1.0', ']', '\\'), (text, place, put) => {
        const at = place % (text.length + 1);
        const broken = text.slice(0, at) + put + text.slice(at + 1);
        let valid = true;
        try {
          JSON.parse(broken);
        } catch {
          valid = false;
        }
        if (valid) parseJson(broken);
        else assert.throws(() => parseJson(broken), JsonSyntaxError);
      }),
      { numRuns: 2000 },
    );
    // What would be JSON if numbers were strings.
    for (const text of [
      '{1.0:2}',
      '{"a":1,1.0 \n:2}',
      '[1.0.0]',
      '[01.0]',
      '[1.0e]',
      '[-]',
      '[--1.0]',
      '[1.0 "a"]',
      '1.0 1.0',
      '1.0"',
      '"1.0',
    ]) {
      assert.throws(() => parseJson(text), JsonSyntaxError, text);
    }
    assert.throws(
      () => parseJson('{"a":1.0,"b":12345678901234567890,}'),
      (error: JsonSyntaxError) => error.position === 34,
    );
    const secret = (): JsonValue => parseJson('{"$email": "maks@example.com" oops');
    assert.throws(secret, (error: Error) => error instanceof SyntaxError && !/maks|oops/.test(error.message));
    assert.throws(
      () => parseJson('{"a": "b'),
      (error: JsonSyntaxError) => error.endsEarly,
    );
    assert.throws(
      () => parseJson('{"a": b}'),
      (error: JsonSyntaxError) => !error.endsEarly,
    );
  });
});

describe('The digits of a whole number', () => {
  for (const [literal, digits] of [
    ['0', '0'],
    ['42', '42'],
    ['-42', '42'],
    ['42.0', '42'],
    ['4.2e1', '42'],
    ['4.2E+1', '42'],
    ['4200e-2', '42'],
    ['4.2e3', '4200'],
    ['79161234567.000', '79161234567'],
    ['1448121617782670208', '1448121617782670208'],
    ['42.5', undefined],
    ['0.42', undefined],
    ['42e-3', undefined],
    ['1e300', undefined],
    ['1e400', undefined],
    ['1e99999', undefined],
  ] as const) {
    it(`of ${literal} are ${digits ?? 'none'}`, () => assert.equal(wholeDigits(exactNumber(literal)), digits));
  }
});
