import assert from 'node:assert/strict';
import fc from 'fast-check';
import { serviceClients } from '../../../src/code/clients';
import { type Call, findCalls } from '../../../src/code/scan';

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

const script: readonly (readonly [source: string, ...calls: string[]])[] = [
  [`dashly.track('Order completed')`, 'track Order completed'],
  [`carrotquest.track("Order completed", { sum: 5, 'paid by': card })`, 'track Order completed sum paid by'],
  ['dashly.track(`Order completed`)', 'track Order completed'],
  [
    `window.dashly?.track?.('a'); globalThis.dashly!.track('b'); (window as any).dashly.track('c')`,
    'track a',
    'track b',
    'track c',
  ],
  [`dashly\n  .track(\n    // why\n    'a', /* and */ { b: 1 },\n  )`, 'track a b'],
  [`dashly.track(name)`, 'track ?'],
  ['dashly.track(`Order ${state}`)', 'track ?'],
  [`dashly.track('Order ' + state)`, 'track ?'],
  [`dashly.track('a' as const, { b: 1 } satisfies Event)`, 'track a b'],
  [`dashly.track('it\\'s \\u0041\\x42\\u{43}\\n')`, "track it's ABC\n"],
  [
    `dashly.identify({ plan: 'free', $email: user.email, "own key": [1, 2], ...rest, [name]: 5, short, 'last': null })`,
    'identify plan,$email,own key,short,last',
  ],
  [
    `dashly.identify({ plan() { return { hidden: 1 } }, get size() { return 1 }, seen: f({ a: 1 }, [2]) })`,
    'identify seen',
  ],
  [
    `dashly.identify([{ op: 'update_or_create', key: 'plan', value: 'free' }, { op: 'add', value: 5, key: "visits" }])`,
    'identify plan,visits',
  ],
  [`dashly.identify(props)`, 'identify '],
  [
    `dashly.auth(id, hash); dashly.connect('1-ab'); dashly.onReady(() => dashly.identify({ a: 1 }))`,
    'auth',
    'identify a',
  ],
  [`dashly.track('a', { then: () => dashly.track('b') })`, 'track a then', 'track b'],
  [`// dashly.track('a')\n/* dashly.track('b')\n */ dashly.track('c')`, 'track c'],
  [
    `'dashly.track(1)'; "dashly.track('a')"; \`dashly.track('b') \${dashly.track('c')} dashly.track('d')\`; dashly.track('e')`,
    'track c',
    'track e',
  ],
  ['`${`${dashly.track("a")} dashly.track("b")`} dashly.track("c")`; dashly.track("d")', 'track a', 'track d'],
  [
    `const r = /['"\`]/; dashly.track('a'); x = b / c; dashly.track('b'); return /[/'](/.test(x) && dashly.track('c')`,
    'track a',
    'track b',
    'track c',
  ],
  [`mydashly.track('a'); dashlyTrack('b'); dashly2.track('c'); $dashly.track('d')`],
  [
    `<p>Don't</p>; <Button onClick={() => dashly.track('a')}>It's {dashly.track("b")} http://x.example {dashly.track('c')}</Button>`,
    'track a',
    'track b',
    'track c',
  ],
  [`<br/>; <a href="https://x.example/dashly.track('no')" />; <p>50 / 100</p>; dashly.track('a')`, 'track a'],
  [`{/* dashly.track('a') */}\n<Link to='b' onClick={() => dashly.track('c')} />`, 'track c'],
  [`case'x': return'dashly.track(1)'; dashly.track('a')`, 'track a'],
  [`const s = 'never closed\ndashly.track('a')`, 'track a'],
  [`dashly.track('`, 'track '],
  [`dashly.track('Ord\nnext()`, 'track Ord'],
  [`dashly.identify({ na\n  plan: 1 })`, 'identify na,plan'],
  [`dashly.identify({ plan: `, 'identify plan'],
  ['<p>a lone ` in a text</p>; <p>and /* too</p>; dashly.track("a")', 'track a'],
  [`i++ / 2; dashly.track('a'); j-- / 2; dashly.track('b') / 3`, 'track a', 'track b'],
];

const pages: readonly (readonly [language: string, source: string, ...calls: string[]])[] = [
  [
    'html',
    `<p>dashly.track('no')</p><script>dashly.track('a')</script><!-- <script>dashly.track('no')</script> -->`,
    'track a',
  ],
  ['html', `<button title="it's" onclick="dashly.track('a')">dashly.track('no')</button>`, 'track a'],
  [
    'html',
    `<script type="application/json">dashly.track('no')</script><SCRIPT type=module>dashly.track('a')</SCRIPT>`,
    'track a',
  ],
  [
    'html',
    `<script>if (a < b) dashly.track("</p>"); // it's\n</script><style>.a { content: "dashly.track('no')" }</style>`,
    'track </p>',
  ],
  [
    'vue',
    `<template><a @click="dashly.track('a', { b: 1 })" :title='x'>It's</a></template><script setup lang="ts">dashly.track('c')</script>`,
    'track a b',
    'track c',
  ],
  [
    'svelte',
    `<script>dashly.track('a')</script><button on:click={() => dashly.track('b')} title="x">Don't</button>`,
    'track a',
    'track b',
  ],
  [
    'php',
    `<?php dashly.track('no'); ?><script>dashly.track('a', { id: <?= json_encode("it's") ?> }); dashly.track('<?= $x ?>')</script>`,
    'track a id',
    'track ?',
  ],
  ['php', `<a onclick="dashly.track('a')" <?php if ($x): ?>class="b"<?php endif ?>>`, 'track a'],
  [
    'php',
    `<script>dashly.identify({ <?php if ($p): ?> plan: 'a', <?php endif ?> 'name': 'b', <?= $x ?>_own: 1, own_<?= $x ?>: 1, <?= $k ?>: 2,\n<?php foreach ($l as $m): ?>\n<?php endforeach ?>\n seen: <?= $s ?>, last: 1 })</script>`,
    'identify plan,name,seen,last',
  ],
  ['php', `<script>dashly.track(<?php if ($x): ?>'a'<?php else: ?>'b'<?php endif ?>)</script>`, 'track ?'],
  [
    'html',
    `<b title="as dashly.track('no')" data-x="dashly.track('no')" alt='dashly.track("no")' onclick="dashly.track('a')">`,
    'track a',
  ],
  ['html', `<a title=it's>x</a><script>dashly.track('a')</script><a title=it's>`, 'track a'],
  ['html', `<a href="javascript:dashly.track('a')" onclick=dashly.track('b')>x</a>`, 'track a', 'track b'],
  ['html', `<a " onclick='dashly.track("a")' / data-y>x</a><script>dashly.track('b')</script>`, 'track a', 'track b'],
  [
    'vue',
    `<a v-on:click.once="dashly.track('a')" :class="{ b: dashly.track('b') }" #item="{ c }" title="dashly.track('no')">`,
    'track a',
    'track b',
  ],
  [
    'svelte',
    `<a {...dashly.track('a')} use:act={() => { dashly.track('b', { c: '}' }) }} onclick={() => x > 1 && dashly.track('d')}>`,
    'track a',
    'track b c',
    'track d',
  ],
];

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
    ])
      for (const language of ['typescript', 'svelte', 'php']) {
        findCalls(`dashly ${piece.repeat(20_000)}`, language, serviceClients);
        findCalls(`${piece.repeat(20_000)}${"dashly.track('a'); ".repeat(1_000)}`, language, serviceClients);
      }
  });
});
