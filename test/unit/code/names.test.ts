import assert from 'node:assert/strict';
import { serviceClients } from '../../../src/code/clients';
import { type Completion, completionsAt } from '../../../src/code/completions';
import { aboutName, type KnownApp, mentionAt, mentionsIn } from '../../../src/code/names';
import { nearName, nearWords } from '../../../src/code/nearName';
import { problemsOfCalls, tokensIn } from '../../../src/code/problems';
import { type Call, findCalls } from '../../../src/code/scan';
import { systemEvents, systemEventTitle } from '../../../src/leads/systemEvents';
import { hostileTexts } from '../../service/hostileTexts';

const shop: KnownApp = {
  name: 'Shop',
  events: new Map([
    ['35', 'Order completed'],
    ['36', 'Step 1'],
    ['37', `It's "quoted"`],
  ]),
  properties: new Set(['plan', 'own key', 'orders_total']),
};
const callsOf = (source: string, language = 'javascript'): Call[] => findCalls(source, language, serviceClients);
const mentions = (source: string) => callsOf(source).flatMap(mentionsIn);
const event = (name: string) => mentions(`dashly.track(${JSON.stringify(name)})`)[0]!;
const property = (name: string, value = '1') => mentions(`dashly.identify({ ${JSON.stringify(name)}: ${value} })`)[0]!;

describe('What is said of a name in the source', () => {
  it('is what the app and the service have', () => {
    assert.deepEqual(aboutName(event('Order completed'), shop), ['An event of your own.', 'Shop has it.']);
    assert.deepEqual(aboutName(event('Order completed'), shop, 1), ['An event of your own.', 'Shop has it: 1 lead.']);
    assert.match(aboutName(event('New'), shop).join(), /Not seen in Shop yet/);
    assert.match(aboutName(event('New'), undefined).join(), /No app is connected/);
    assert.match(aboutName(event('$order_completed'), shop).join(), /service itself: order completed/);
    assert.match(aboutName(event('$strange'), shop).join(), /none that is documented/);
    assert.deepEqual(aboutName(property('$email'), shop), ['A property of the service itself: E-mail, text.']);
    assert.deepEqual(aboutName(property('plan'), shop, undefined, 'string'), [
      'A property of your own: text.',
      'Shop has it.',
    ]);
    assert.match(aboutName(property('gone'), shop, 0).join(), /0 leads of Shop have it/);
  });

  it('names the limits that it breaks', () => {
    const long = 'x'.repeat(256);
    const broken = (mention: Parameters<typeof aboutName>[0]): string => aboutName(mention, shop).slice(2).join();
    assert.match(broken(event(long)), /longest name of an event has 255 characters; this has 256/);
    assert.equal(broken(event(long.slice(1))), '');
    assert.match(broken(property('k'.repeat(71))), /longest name of a property has 70 characters; this has 71/);
    assert.equal(broken(property('k'.repeat(70))), '');
    assert.match(broken(property('plan', `'${long}'`)), /longest text has 255 characters; this has 256/);
    assert.match(broken(property('plan', `['a', '${long}']`)), /longest text has 255/);
    assert.match(broken(property('plan', `[${'1,'.repeat(31)}]`)), /longest list has 30 items; this has 31/);
    assert.equal(broken(property('plan', `[${'1,'.repeat(30)}]`)), '');
    assert.match(
      mentions("dashly.track('')")
        .map((mention) => aboutName(mention, shop).join())
        .join(),
      /needs a name/,
    );
  });

  it('is a near name, of the app first, and none for a name that is known or only alike', () => {
    const near = (mention: Parameters<typeof nearName>[0]) => nearName(mention, shop)?.text;
    for (const name of ['Order complete', 'order completed', 'Order_Completed', 'Odrer completed', ' Order completed'])
      assert.equal(near(event(name)), 'Order completed', name);
    assert.equal(near(event('$authorised')), '$authorized');
    assert.equal(nearName(event('$authorised'), undefined)?.text, '$authorized');
    assert.equal(near(property('discount')), undefined);
    assert.equal(near(property('email')), '$email');
    assert.equal(near(property('order_total')), 'orders_total');
    for (const name of ['Order completed', 'Order refunded', 'Step 2', 'Step', '$authorized', 'ab', ''])
      if (name) assert.equal(near(event(name)), undefined, name);
    assert.equal(near(property('$phone')), undefined);
    assert.equal(nearName(event('x'.repeat(300)), shop), undefined);
  });

  it('is compared with all names of the app at once, however many there are', () => {
    const names = (count: number, what: string): string[] =>
      Array.from({ length: count }, (_, index) => `${what} ${(index * 7919).toString(36)} ${'completed'.repeat(3)}`);
    const events = new Map(names(500, 'Order').map((name, index) => [String(index), name]));
    const calls = callsOf(
      names(20_000, 'Basket')
        .map((name) => `dashly.track('${name}');`)
        .join('\n'),
    );
    assert.deepEqual(problemsOfCalls(calls, { ...shop, events }), []);
  });

  it('is said in one line, whoever has written it', () => {
    const sentence = nearWords({ text: '\u202EOrder completed\n\n!!!!', app: 'Shop' });
    assert.doesNotMatch(sentence, /[\n\u202E]/);
  });

  it('is measured in characters', () => {
    const said = (count: number): string => aboutName(event('🛒'.repeat(count)), shop).join();
    assert.doesNotMatch(said(255), /longest/);
    assert.match(said(256), /this has 256/);
  });

  it('belongs to the place where it stands, its quotes included', () => {
    const source = `dashly.track('a'); dashly.identify({ b: 'c' })`;
    const at = (text: string) => mentionAt(callsOf(source), source.indexOf(text))?.name.text;
    assert.deepEqual([at(`'a'`), at(`a'`), at('b'), at(`'c'`), at('dashly.i')], ['a', 'a', 'b', undefined, undefined]);
  });
});

describe('What looks wrong in the source', () => {
  const problems = (source: string) =>
    problemsOfCalls(callsOf(source), shop).map(({ start, end, message }) => `${source.slice(start, end)}: ${message}`);

  it('is identify before auth in the same block', () => {
    for (const bad of [
      `dashly.identify({}); dashly.auth(id, hash)`,
      `init()\nawait window.dashly.identify({})\n// then\ndashly.auth(id, hash)`,
      `function a() { const x = f({ b: 1 });\n  dashly?.identify({}); if (x) { return } carrotquest.auth(id, hash) }`,
      `switch (a) { case 1: b(); dashly.identify({}); dashly.auth(id, hash) }`,
      `if (a) b(); else c()\ndashly.identify({})\nvoid dashly.auth(id, hash)`,
      `if (!user) return\ndashly.identify({})\ndashly.auth(id, hash)`,
      `switch (a) { case 'x':\n dashly.identify({})\n dashly.auth(id, hash)\n break }`,
      `i++\ndashly.identify({})\nconst r = /x/\ndashly.auth(id, hash)`,
      `const x = a!\ndashly.identify({})\ndashly.auth(id, hash)`,
      `;(window as any).dashly.identify({});\n(window as any).dashly.auth(id, hash)`,
    ])
      assert.match(problems(bad).join(), /identify: “identify” stands before “auth”/, bad);
    for (const good of [
      `dashly.auth(id, hash); dashly.identify({})`,
      `dashly.identify({})`,
      `function a() { dashly.identify({}) } function b() { dashly.auth(id, hash) }`,
      `dashly.auth(id, hash); dashly.identify({}); dashly.auth(other, hash)`,
      `if (known) { dashly.identify({}) } dashly.auth(id, hash)`,
      `const later = () => dashly.identify({}); dashly.auth(id, hash)`,
      `const later = () =>\n  dashly.identify({})\ndashly.auth(id, hash)`,
      `if (known) dashly.identify({}); else dashly.auth(id, hash)`,
      `if (known())\n  dashly.identify({})\nelse\n  dashly.auth(id, hash)`,
      `for (const a of b)\n  dashly.identify({})\ndashly.auth(id, hash)`,
      `switch (a) { case 1: b(); dashly.identify({}); break; case 2: b(); dashly.auth(id, hash) }`,
      `switch (a) { case f({ g: 1 }): b()\n dashly.identify({})\n break\n default: b()\n dashly.auth(id, hash) }`,
      `switch (a) {\n case 1:\n x()\n dashly.identify({})\n return\n case 2:\n y()\n dashly.auth(id, hash)\n}`,
      `switch (a) {\n case 1:\n dashly.identify({})\n return <p/>\n default:\n dashly.auth(id, hash)\n}`,
      `known ? dashly.identify({}) : dashly.auth(id, hash); known && dashly.identify({}); dashly.auth(id, hash)`,
      `dashly.onReady(() => dashly.identify({})); dashly.auth(id, hash)`,
      'x = `${dashly.identify({})}`; dashly.auth(id, hash)',
      `return {\n  identify: dashly.identify({}),\n  auth: dashly.auth(id, hash) }`,
    ])
      assert.deepEqual(problems(good), [], good);
    for (const good of [
      `<script><?php if ($a): ?> dashly.identify({}); <?php endif ?> dashly.auth(1)</script>`,
      `<script><?php if ($u): ?>\n x();\n dashly.identify({});\n<?php else: ?>\n y();\n dashly.auth(1);\n<?php endif ?></script>`,
      `<script>{% if a %}\n x();\n dashly.identify({});\n{% else %}\n dashly.auth(1); {% endif %}</script>`,
      `<script>@guest\n x();\n dashly.identify({});\n@endguest\n@auth\n dashly.auth(1);\n@endauth</script>`,
      `<script>@if (count($x))\n a();\n dashly.identify({});\n@endif\n dashly.auth(1)</script>`,
      `<script>function a() { $.post('{{ route('x') }}', {}); dashly.identify({}); }\nfunction b() { $.post('{{ route('y') }}', {});\n dashly.auth(1) }</script>`,
      `<script>dashly.identify({})</script><script>dashly.auth(1)</script>`,
    ])
      assert.deepEqual(problemsOfCalls(callsOf(good, 'php'), shop), [], good);
  });

  it('is a near name, and a limit', () => {
    assert.deepEqual(problems(`dashly.track('Order complete'); dashly.track('Order completed')`), [
      `'Order complete': This is nearly “Order completed”, which Shop has.`,
    ]);
    assert.match(problems(`dashly.identify({ plan: '${'x'.repeat(256)}' })`).join(), /^plan: The longest text/);
  });

  it('is a token of the API in any text, which what is said does not repeat', () => {
    const token = 'app.59012.0123456789abcdef0123456789abcdef';
    for (const text of [`TOKEN=${token}`, `"Token ${token}"`, `${token}\n`, `x=${token}; y`, `${token}.`]) {
      const [found, ...others] = tokensIn(text);
      assert.ok(found && others.length === 0, text);
      assert.equal(text.slice(found.start, found.end), token);
      assert.doesNotMatch(found.message, /59012|0123456789/);
    }
    for (const text of [
      'app.59012.js',
      `${token}.js`,
      `my.${token}`,
      `bapp.1.${'x'.repeat(20)}`,
      'app.x.0123456789abcdef',
      'user.1.0123456789abcdef',
    ])
      assert.deepEqual(tokensIn(text), [], text);
  });
});

describe('Completion in the source', () => {
  /** The offers where `|` stands. */
  function offers(marked: string, language = 'javascript', app: KnownApp | null = shop): Completion[] {
    const offset = marked.indexOf('|');
    const source = marked.replace('|', '');
    return completionsAt(source, language, callsOf(source, language), offset, app ?? undefined);
  }
  /** What the source becomes when a name is taken. */
  function taken(marked: string, name: string, app = shop): string | undefined {
    const source = marked.replace('|', '');
    const offer = offers(marked, 'javascript', app).find(({ text }) => text === name);
    return offer && source.slice(0, offer.replaced.start) + offer.insert + source.slice(offer.replaced.end);
  }

  it('offers the events of the app, then those of the service', () => {
    const names = offers(`dashly.track('|')`).map(({ text }) => text);
    assert.deepEqual(names.slice(0, 3), ['Order completed', 'Step 1', `It's "quoted"`]);
    assert.deepEqual(names.slice(3), systemEvents);
    assert.ok(systemEvents.every((name) => systemEventTitle(name)));
    assert.deepEqual(
      offers(`dashly.track('|')`, 'javascript', null).map(({ text }) => text),
      systemEvents,
    );
  });

  it('puts a name in the place of what was typed', () => {
    assert.equal(taken(`dashly.track('Ord|')`, 'Order completed'), `dashly.track('Order completed')`);
    assert.equal(taken(`dashly.track("|`, 'Order completed'), `dashly.track("Order completed`);
    assert.equal(taken(`dashly.track('|')`, `It's "quoted"`), `dashly.track('It\\'s "quoted"')`);
    assert.equal(taken('dashly.identify({ | })', 'plan'), 'dashly.identify({ plan })');
    assert.equal(taken('dashly.identify({ a: 1, | })', 'own key'), `dashly.identify({ a: 1, 'own key' })`);
    assert.equal(taken('dashly.identify({ pl| })', '$email'), 'dashly.identify({ $email })');
    assert.equal(taken(`dashly.identify({ 'o|': 1 })`, 'own key'), `dashly.identify({ 'own key': 1 })`);
    assert.equal(
      taken(`dashly.identify([{ op: 'add', key: '|' }])`, 'plan'),
      `dashly.identify([{ op: 'add', key: 'plan' }])`,
    );
  });

  it('is silent elsewhere', () => {
    for (const marked of [
      `dashly.track(|)`,
      `dashly.track('a', { | })`,
      `dashly.identify({ plan: 'x, |' })`,
      `dashly.identify({ plan: | })`,
      `// dashly.track('|')`,
      `track('|')`,
    ])
      assert.deepEqual(offers(marked), [], marked);
  });

  it('never ends the text it stands in, nor the page, whatever a name is', () => {
    for (const { text } of hostileTexts.filter(({ text }) => text.length <= 255)) {
      const app = { ...shop, events: new Map([['1', text]]) };
      for (const quote of ['"', "'", '`']) {
        const source = taken(`dashly.track(${quote}|${quote}, { a: 1 })`, text, app);
        const calls = source === undefined ? [] : callsOf(source);
        if (source !== undefined) {
          assert.equal(calls.length, 1);
          assert.ok(
            calls[0]?.method === 'track' && calls[0].event?.text === text && calls[0].parameters.length === 1,
            source,
          );
        }
        for (const offer of offers(`<script>dashly.track(${quote}|${quote})</script>`, 'html', app))
          assert.doesNotMatch(offer.insert, /[<>&]/);
      }
    }
  });
});
