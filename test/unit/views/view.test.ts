import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { DashlyClient } from '../../../src/dashly/client';
import { condition, filtersOf } from '../../../src/dashly/conditions';
import { exactNumber, type JsonValue } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import { speak } from '../../../src/language';
import { CurrentLeads } from '../../../src/leads/currentLeads';
import { searchFilters } from '../../../src/leads/searchFilters';
import {
  builtInViews,
  CurrentView,
  parseView,
  queryOf,
  rememberedView,
  sameQuery,
  type View,
  type ViewMemory,
  viewToJson,
} from '../../../src/views/view';
import { curlCommand } from '../../../src/dashly/listRequest';

const name = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() === text && text !== '');
const anyView: fc.Arbitrary<View> = fc.record(
  {
    name,
    sortProp: fc.string({ minLength: 1 }),
    sortOrder: fc.constantFrom('asc' as const, 'desc' as const),
    presence: fc.array(fc.string(), { minLength: 1 }),
    filters: fc
      .array(fc.record({ property: fc.string({ minLength: 1 }), text: fc.string({ minLength: 1 }) }), { minLength: 1 })
      .map((list) =>
        filtersOf(
          'or',
          list.map(({ property, text }) => condition.text('str_contains', property, text)),
        ),
      ),
  },
  { requiredKeys: ['name'] },
);

describe('A view', () => {
  it('survives being kept as JSON text', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const parsed = parseView(parseJson(stringifyJson(viewToJson(view))));
        assert.ok('view' in parsed, 'problem' in parsed ? parsed.problem : '');
        assert.equal(parsed.view.name, view.name);
        assert.ok(sameQuery(parsed.view, view));
      }),
    );
  });

  it('keeps every digit, also through readers that JavaScript’s numbers are enough for', () => {
    for (const digits of ['9007199254740993', '-12345678901234567890', '0.1000000000000000055511151231257827']) {
      const number = exactNumber(digits);
      const filters = filtersOf('and', [
        condition.number('eq', 'order', number),
        condition.range('order', number, exactNumber('99999999999999999999')),
        condition.number('neq', 'order', exactNumber('9007199254740992')),
      ]);
      const view = { name: 'Long', filters };
      const lossy = JSON.parse(stringifyJson(viewToJson(view), 2)) as JsonValue;
      for (const json of [lossy, viewToJson(view), parseJson(stringifyJson(viewToJson(view)))]) {
        const parsed = parseView(json);
        assert.ok('view' in parsed && sameQuery(parsed.view, view), digits);
      }
    }
  });

  for (const [what, json, said] of [
    ['no object', '7', /must be an object/],
    ['no name', '{}', /“name”/],
    ['an empty name', '{"name": " "}', /needs a name/],
    ['another order', '{"name": "a", "sort_order": "up"}', /“a”.*“sort_order”/],
    ['no condition type', '{"name": "a", "filters": [{"type": "like", "property_name": "$name"}]}', /“a”/],
    // As VS Code reads its settings: what was written is not known any more.
    [
      'a number that has lost digits',
      JSON.stringify({
        name: 'a',
        filters: [{ type: 'eq', property_name: 'order', value: { value: 2 ** 53 } }],
      }),
      /“a”: Condition 1 \(order\): “value” must be written in quotes/,
    ],
    ['no list of presences', '{"name": "a", "presence": "online"}', /“presence”/],
  ] as const) {
    it(`with ${what} is refused in words`, () => {
      const parsed = parseView(parseJson(json));
      assert.ok('problem' in parsed);
      assert.match(parsed.problem, said);
    });
  }

  for (const [json, path] of [
    ['{"name": "anna@corp.example", "sort_order": "up"}', 'sort_order'],
    ['{"name": "a", "filters": [{"type": "anna@corp.example", "property_name": "$name"}]}', 'filters.0.type'],
    [
      '{"name": "a", "filters": {"type": "and", "filters": [{"type": "gt", "property_name": "anna@corp.example", "value": {"value": "anna@corp.example"}}]}}',
      'filters.filters.0.value.value',
    ],
  ] as const) {
    it(`that is wrong at ${path} says so to the log without what is written there`, () => {
      const parsed = parseView(parseJson(json));
      assert.ok('problem' in parsed);
      assert.equal(parsed.path.join('.'), path);
    });
  }

  it('is the same with defaults written out, and another in another order', () => {
    assert.ok(sameQuery({}, { sortProp: '$last_seen', sortOrder: 'desc', filters: filtersOf('and', []) }));
    assert.ok(!sameQuery({}, { sortOrder: 'asc' }));
    assert.ok(!sameQuery({}, { presence: ['online'] }));
  });

  it('built in, can be saved and read again', () => {
    for (const view of builtInViews()) {
      const parsed = parseView(viewToJson(view));
      assert.ok('view' in parsed && sameQuery(parsed.view, view), view.name);
    }
  });
});

describe('A view as a curl command', () => {
  const sending = { now: 0, within: 30_000 };
  /** The words that a real shell hands to curl. */
  const words = (command: string): string[] =>
    execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
      env: { DASHLY_TOKEN: 'app.key.secret' },
      encoding: 'utf8',
    })
      .split('\0')
      .slice(0, -1);

  it('gives a shell the address, the token of its environment and the parameters, whatever a filter holds', () => {
    const nasty = fc.oneof(
      fc.string(),
      fc.constantFrom("it's", '$(touch x)', '`id`', '"', '\\', "'; rm -rf x '", 'a\nb', '$HOME'),
    );
    fc.assert(
      fc.property(
        nasty.filter((text) => !text.includes('\0')),
        (text) => {
          const filters = filtersOf('and', [condition.text('str_eq', '$name', text)]);
          const given = words(
            curlCommand('https://api.dashly.app', '$self_app', { filters, sortProp: '$sessions' }, sending),
          );
          assert.deepEqual(given.slice(0, 4), [
            '--get',
            'https://api.dashly.app/apps/$self_app/users',
            '--header',
            'Authorization: Token app.key.secret',
          ]);
          assert.ok(given.includes(`filters=${stringifyJson(viewToJson({ name: '', filters }).filters ?? null)}`));
          assert.ok(given.includes('sort_prop=$sessions'));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has the placeholder and no token', () => {
    assert.match(curlCommand('https://api.dashly.app', 'app', {}, sending), /"Authorization: Token \$DASHLY_TOKEN"/);
  });
});

describe('The view that is looked at', () => {
  const phone: View = { name: 'With phone', filters: filtersOf('and', [condition.none('known', '$phone')]) };
  let kept: Map<string, unknown>;
  let current: CurrentLeads;
  let view: CurrentView;

  /** What a window begins with, after the last one of the same workspace. */
  function window(): void {
    const memory: ViewMemory = {
      get: (key: string) => kept.get(key) as never,
      update: (key, value) => {
        kept.set(key, value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
        return Promise.resolve();
      },
    };
    current = new CurrentLeads(50, (app) => queryOf(rememberedView(memory, app) ?? {}));
    view = new CurrentView(current, memory);
  }
  const connect = (key: string): void => {
    const client = new DashlyClient({ address: 'https://api.example.com', app: key, token: 't' });
    current.setConnection({ key, name: key, client, isSample: false, fingerprint: () => Promise.resolve('') });
  };

  beforeEach(() => {
    kept = new Map();
    window();
    connect('a');
  });

  it('is the same after a reload, in each app its own', () => {
    view.show(phone);
    connect('b');
    assert.equal(view.name, 'All leads');
    assert.ok(sameQuery(current.query, {}));
    current.setQuery({ sortProp: '$sessions' });
    window();
    connect('a');
    assert.equal(view.name, 'With phone');
    assert.ok(sameQuery(current.query, phone));
    connect('b');
    assert.equal(view.name, undefined);
    assert.ok(sameQuery(current.query, { sortProp: '$sessions' }));
  });

  for (const [what, filters] of [
    ['an e-mail address', filtersOf('and', [condition.text('str_eq', '$email', 'anna@corp.example')])],
    ['one in another property', filtersOf('or', [condition.text('str_contains', 'manager', 'anna@corp.example')])],
    ['a search', searchFilters('anna')],
    ['the name of a property', filtersOf('and', [condition.none('known', 'about anna@corp.example')])],
    ['a number', filtersOf('and', [condition.number('eq', 'anna', 79161234567)])],
    ['a range', filtersOf('or', [condition.range('anna', 79161234567, 79161234568)])],
  ] as const) {
    it(`is not kept where its filter holds a contact: ${what}`, () => {
      view.show(phone);
      current.setQuery({ filters });
      assert.doesNotMatch(JSON.stringify([...kept]), /anna/);
      window();
      connect('a');
      assert.equal(view.name, 'All leads');
    });
  }

  for (const [what, given] of [
    ['its name', { ...phone, name: 'About anna@corp.example' }],
    ['the property it is sorted by', { name: 'Mine', sortProp: 'note about anna@corp.example' }],
  ] as const) {
    it(`is not kept where ${what} holds a contact`, () => {
      view.show(given);
      assert.equal(view.name, given.name);
      assert.doesNotMatch(JSON.stringify([...kept]), /anna/);
    });
  }

  describe('in a window of another language', () => {
    afterEach(() => speak('en', undefined));

    it('is the same one, called as it is there', () => {
      for (const [place, english] of builtInViews().entries()) {
        if (english.id === 'all') continue;
        view.show(english);
        speak('ru', { [english.name]: 'По-русски' });
        window();
        connect('a');
        assert.equal(view.name, 'По-русски');
        assert.ok(sameQuery(current.query, english));
        view.show(builtInViews()[place]!);
        speak('en', undefined);
        window();
        connect('a');
        assert.equal(view.name, english.name);
        assert.ok(sameQuery(current.query, english));
      }
    });

    it('keeps the name that a person gave it', () => {
      const mine = { ...phone, name: 'phone' };
      view.show(mine);
      speak('ru', { 'With phone': 'По-русски' });
      window();
      connect('a');
      assert.equal(view.name, 'phone');
    });
  });

  it('is all leads where what was kept cannot be read', () => {
    kept.set('view of a', { name: 7, filters: 'x' });
    window();
    connect('a');
    assert.equal(view.name, 'All leads');
    assert.ok(sameQuery(current.query, {}));
  });
});
