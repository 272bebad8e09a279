import assert from 'node:assert/strict';
import fc from 'fast-check';
import { serviceClients } from '../../../src/code/clients';
import { type Call, findCalls } from '../../../src/code/scan';
import { pages, script } from './sources';

/** What is found, in short: `track Order completed`, `identify plan,$email`, `auth`. */
function found(text: string, language = 'typescript', clients: readonly string[] = serviceClients): string[] {
  return findCalls(text, language, clients).map((call) => {
    switch (call.method) {
      case 'track':
        return `track ${call.event?.text ?? '?'}${call.parameters.map(({ name }) => ` ${name.text}`).join('')}`;
      case 'identify':
        return `identify ${call.properties.map(({ name }) => name.text).join(',')}`;
      case 'auth':
        return 'auth';
    }
  });
}

/** All places in a call, which must be those of what they say. */
function places(call: Call): { text: string; start: number; end: number; quote: string }[] {
  if (call.method === 'track') return [...(call.event ? [call.event] : []), ...call.parameters.map(({ name }) => name)];
  return call.method === 'identify' ? call.properties.map(({ name }) => name) : [];
}

describe('The calls in a source file', () => {
  for (const [source, ...calls] of script) it(source, () => assert.deepEqual(found(source), calls));
  for (const [language, source, ...calls] of pages)
    it(`${language}: ${source}`, () => assert.deepEqual(found(source, language), calls));

  it('are those of other names of the client too, when they are told', () => {
    assert.deepEqual(found(`$crm.track('a'); dashly.track('b')`, 'javascript', [...serviceClients, '$crm']), [
      'track a',
      'track b',
    ]);
  });

  it('have the places of what they say', () => {
    for (const [source] of script)
      for (const call of findCalls(source, 'typescript', serviceClients)) {
        assert.match(source.slice(call.start, call.end), /^(dashly|carrotquest)[^]*\($/);
        for (const { text, start, end, quote } of places(call)) {
          const raw = source.slice(start, end);
          assert.ok(raw.startsWith(quote));
          if (!raw.includes('\\')) assert.equal(raw.replaceAll(quote === '' ? '\0' : quote, ''), text);
        }
      }
  });

  it('know the block they stand in', () => {
    const calls = findCalls(
      'dashly.auth(1); { dashly.identify({}) } if (x) { dashly.auth(1); f({ a: 1 }); dashly.identify({}) } dashly.identify({})',
      'javascript',
      serviceClients,
    );
    const [outer, one, two, three, last] = calls.map(({ block }) => block);
    assert.deepEqual([outer, two, one === two], [last, three, false]);
  });

  const words = [
    ...[
      'dashly',
      'carrotquest',
      '.track(',
      '?.track(',
      '.identify(',
      '.auth(',
      "'a'",
      '"b"',
      '`c`',
      '${',
      '}',
      '{',
      '(',
      ')',
      '[',
      ']',
      ',',
      ':',
      "'",
      '"',
      '`',
    ],
    ...[
      '/',
      '//',
      '/*',
      '*/',
      '\\',
      '\n',
      ' ',
      'key',
      'value',
      'op',
      '=>',
      '<',
      '>',
      '</',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      '<?',
      '?>',
      'a="',
      'return ',
      '$',
      '\0',
      '\ud83d',
    ],
  ];
  const source = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 })), { maxLength: 60 })
    .map((parts) => parts.join(''));
  const language = fc.constantFrom('typescript', 'html', 'vue', 'svelte', 'php');

  it('are found in any text without an error, each once, with places inside of it', () => {
    fc.assert(
      fc.property(source, language, (text, language) => {
        const calls = findCalls(text, language, serviceClients);
        assert.equal(new Set(calls.map(({ start }) => start)).size, calls.length);
        for (const call of calls) {
          assert.ok(0 <= call.start && call.start < call.end && call.end <= text.length);
          for (const { start, end } of places(call)) assert.ok(call.end <= start && start <= end && end <= text.length);
          if (call.method === 'identify' && call.keys)
            assert.ok(call.keys.start <= call.keys.end && call.keys.end <= text.length);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('are not those in comments and texts, whatever stands around them', () => {
    const plainText = fc.string({ maxLength: 30 }).map((text) => text.replace(/[\\'"`$*/\n\r]/g, ''));
    const hidden = fc.oneof(
      plainText.map((text) => `// ${text} dashly.track("no") ${text}\n`),
      plainText.map((text) => `/* ${text} dashly.track("no") ${text} */`),
      plainText.map((text) => ` '${text} dashly.track(no) ${text}';`),
      plainText.map((text) => ` "${text} dashly.track(no) ${text}";`),
      plainText.map((text) => ` \`${text} dashly.track(no)\n ${text}\`;`),
    );
    fc.assert(
      fc.property(fc.array(hidden, { maxLength: 6 }), fc.array(hidden, { maxLength: 6 }), (before, behind) => {
        assert.deepEqual(found(`${before.join('')} dashly.track('yes');${behind.join('')}`), ['track yes']);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are found without ado in texts made to take long', () => {
    for (const piece of [
      'dashly.track(',
      'dashly.identify({a:',
      '`${',
      'dashly.identify([{',
      '<a ={dashly',
      '<script>',
      '<!--',
      '<a "',
      '<?',
      "dashly.track('",
      '/',
      '(',
      '{',
      'dashly ',
      'dashly\n',
      '/*',
      '<a onclick={',
      '{ case ',
      '\ndashly.auth',
      ',/[',
      '/\\',
      '<a b={,/[',
      '{{',
      '@if(',
      "a='",
    ])
      for (const language of ['typescript', 'svelte', 'php']) {
        findCalls(`dashly ${piece.repeat(20_000)}`, language, serviceClients);
        findCalls(`${piece.repeat(20_000)}${"dashly.track('a'); ".repeat(1_000)}`, language, serviceClients);
      }
  });
});
