import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readManifest } from '../../localize/texts';

const read = (name: string): string => readFileSync(path.join(__dirname, '../../..', name), 'utf8');

interface Contributed {
  readonly command: string;
  readonly when?: string;
}

interface Submenu {
  readonly submenu: string;
  readonly when?: string;
}

interface Manifest {
  readonly private?: boolean;
  readonly license: string;
  readonly pricing: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
  readonly homepage: string;
  readonly qna: string;
  readonly icon: string;
  readonly galleryBanner: { readonly color: string; readonly theme: string };
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly extensionKind: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly contributes: {
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly enablement?: string;
    }[];
    readonly icons: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Readonly<Record<string, readonly (Contributed | Submenu)[]>>;
    readonly keybindings: readonly Contributed[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly type: unknown;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

describe('the manifest', () => {
  const manifest = readManifest() as Manifest;
  const { capabilities, contributes } = manifest;
  const { commands, menus, keybindings, viewsWelcome } = contributes;
  const ids = commands.map(({ command }) => command);
  const settings = contributes.configuration.properties;
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const clauses = [
    ...[...Object.values(menus), ...Object.values(contributes.views), keybindings, viewsWelcome]
      .flat()
      .flatMap(({ when }) => when ?? []),
    ...commands.flatMap(({ enablement }) => enablement ?? []),
    ...steps.flatMap(({ completionEvents }) =>
      completionEvents.flatMap((event) => /^onContext:(.*)/.exec(event)?.[1] ?? []),
    ),
  ];

  it('says what stores show, and names the repository in one place, from which the other addresses follow', () => {
    assert.equal(manifest.private, undefined);
    assert.equal(manifest.license, 'MIT');
    assert.equal(manifest.pricing, 'Free');
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
    assert.deepEqual(manifest.extensionKind, ['workspace', 'ui']);
    // A store takes 30 keywords at most.
    assert.ok(manifest.categories.length > 0 && manifest.keywords.length > 0 && manifest.keywords.length <= 30);
    const repository = manifest.repository.url.replace(/\.git$/, '');
    const { bugs, homepage, qna } = manifest;
    assert.deepEqual(
      [bugs.url, homepage, qna],
      [`${repository}/issues`, `${repository}#readme`, `${repository}/issues`],
    );
    for (const [link] of read('CHANGELOG.md').matchAll(/^\[[^\]]+\]: .*$/gm))
      assert.ok(link.includes(repository), link);
  });

  it('contributes the icons that the code draws, and no other', () => {
    const drawn = [...read('src/editor/presenceIcon.ts').matchAll(/ThemeIcon\('(dashly-[\w-]+)'/g)].map(([, id]) => id);
    assert.deepEqual(drawn.sort(), Object.keys(contributes.icons).sort());
  });

  it('has keys only inside its own views: they take none away from others', () => {
    assert.ok(keybindings.length > 0);
    for (const { when = '' } of keybindings) {
      assert.match(when, /^focusedView (?:== |=~ \/\^)dashlyLeads\\?\./);
      assert.match(when, /&& !inputFocus\b/);
      assert.doesNotMatch(when, /\|\|/);
    }
  });

  it('leaves to enablement what the palette would only repeat', () => {
    const palette = menus.commandPalette ?? [];
    for (const item of palette) {
      if (!('command' in item)) continue;
      const enablement = commands.find(({ command }) => command === item.command)?.enablement;
      assert.notEqual(item.when, enablement, item.command);
      assert.notEqual(item.when, 'dashlyLeads.account == connected', item.command);
    }
  });

  it('asks in its conditions only for keys that CONTRIBUTING explains', () => {
    const explained = new Set(
      [
        ...(/## Context keys[^]*?(?=\n## )/.exec(read('CONTRIBUTING.md'))?.[0] ?? '').matchAll(/^\| (`.*?) \|/gm),
      ].flatMap(([, keys = '']) => [...keys.matchAll(/`([\w.]+)`/g)].map(([, key]) => key)),
    );
    const bare = clauses.join(' && ').replace(/=~ \/.*?\/|[!=]= *'?[\w.-]+'?|\b(?:false|true)\b/g, '');
    const asked = [...new Set(bare.match(/[A-Za-z][\w.]*/g))].map(withoutPrefix);
    assert.ok(asked.length > 15);
    assert.deepEqual(
      asked.filter((key) => !explained.has(key)),
      [],
    );
    assert.deepEqual(
      [...explained].filter((key = '') => !asked.includes(key)),
      [],
    );
  });

  it('gives every command an id of ours, a title and a category, once', () => {
    assert.deepEqual([...new Set(ids)], ids);
    for (const { command, title, category } of commands) {
      assert.match(command, /^dashlyLeads\.[a-z][A-Za-z]*$/);
      assert.match(title, /^\S.*\S$/, command);
      assert.equal(category, 'Dashly Leads', command);
    }
  });

  it('names only commands that exist, in menus, by keys and in the texts of an empty view', () => {
    const inMenus = Object.values(menus)
      .flat()
      .filter((item) => 'command' in item);
    const byKeys = keybindings.filter(({ command }) => command !== 'runCommands');
    const inTexts = viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/\(command:(dashlyLeads\.[^)]*)\)/g)]);
    const named = [...[...inMenus, ...byKeys].map(({ command }) => command), ...inTexts.map(([, id]) => id ?? '')];
    assert.ok(inTexts.length > 5);
    assert.deepEqual(
      named.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('leads through its first steps by commands and pictures that exist; each step is done by doing it', () => {
    assert.deepEqual(
      contributes.walkthroughs.map(({ id }) => id),
      ['start'],
    );
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['connect', 'browse', 'search', 'card', 'tracking', 'export'],
    );
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => `${id}.focus`));
    for (const { id, description, media, completionEvents } of steps) {
      const named = [...description.matchAll(/\(command:([^)]*)\)/g)].map(([, command = '']) => command);
      const awaited = completionEvents.flatMap((event) => /^onCommand:(.*)/.exec(event)?.[1] ?? []);
      assert.ok(named.length > 0 && completionEvents.length > 0, id);
      for (const command of [...named, ...awaited])
        assert.ok([...ids, ...views].includes(command), `${id}: ${command}`);
      assert.ok(
        completionEvents.every((event) => /^on(Command|Context):/.test(event)),
        id,
      );
      const picture = read(media.svg);
      // One picture for light and dark: it takes the colours of the theme.
      assert.match(picture, /var\(--vscode-foreground\)/, id);
      assert.doesNotMatch(picture, /#[0-9a-f]{3,6}\b|<script|<style|style=|href/i, id);
      assert.match(media.altText, /^[A-Z].*\w$/, id);
    }
  });

  it('shows every submenu, and fills it', () => {
    const shown = Object.values(menus)
      .flat()
      .flatMap((item) => ('submenu' in item ? [item.submenu] : []));
    const submenus = contributes.submenus.map(({ id }) => id);
    assert.deepEqual([...new Set(shown)].sort(), submenus.sort());
    assert.ok(submenus.every((id) => (menus[id]?.length ?? 0) > 1));
  });

  it('has three icons in the title of the view, and a fourth only while leads are filtered out', () => {
    const icons = (menus['view/title'] ?? []).flatMap((item) =>
      'command' in item && item.when?.includes('dashlyLeads.leads') && JSON.stringify(item).includes('navigation')
        ? [item]
        : [],
    );
    assert.deepEqual(
      icons.map(({ command, when }) => [command, when?.includes('filtered') === true]),
      [
        ['dashlyLeads.search', false],
        ['dashlyLeads.filter', false],
        ['dashlyLeads.showAllLeads', true],
        ['dashlyLeads.refresh', false],
      ],
    );
  });

  it('tests only context keys that are set, for values they can have, and sets none in vain', () => {
    const keys = contextKeys(read('src/editor/contextKeys.ts'));
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    const used = new Set<string>();
    for (const clause of clauses) {
      // A view's id and a webview's type look like keys, but stand on the right of a comparison; a setting is VS Code's.
      const left = clause.replace(/\b(view|focusedView) == [\w.]+|\bwebviewId == '[\w.]+'|\bconfig\.[\w.]+/g, '');
      for (const [, key = '', value] of left.matchAll(/\bdashlyLeads\.(\w+)(?:\s*[!=]=\s*(\w+))?/g)) {
        const values = keys.get(key);
        assert.ok(values, `${key} is set by nobody: ${clause}`);
        assert.ok(value === undefined ? values.includes('boolean') : values.includes(value), clause);
        used.add(key);
      }
      for (const [, id = ''] of clause.matchAll(/\b(?:view|focusedView) == ([\w.]+)/g))
        assert.ok(views.includes(id), id);
    }
    assert.deepEqual([...used].sort(), [...keys.keys()].sort());
  });

  it('has the settings of the code, with the same defaults and bounds, and the other way round', () => {
    const table = settingsTable(read('src/editor/settings.ts'));
    // Saved views have a reader of their own.
    assert.deepEqual([...table.keys(), 'views'].sort(), Object.keys(settings).map(withoutPrefix).sort());
    for (const [name, expected] of table) {
      const { type, default: standard, minimum, maximum, enum: choices } = settings[`dashlyLeads.${name}`]!;
      assert.deepEqual({ type, default: standard, minimum, maximum, enum: choices }, expected, name);
    }
  });

  it('describes every setting', () => {
    for (const [name, { description, markdownDescription }] of Object.entries(settings)) {
      assert.match(description ?? markdownDescription ?? '', /^[A-Z].*[.]$/, name);
    }
  });

  it('works in a folder that nobody trusts, without what the folder brings along', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.equal(virtualWorkspaces.supported, 'limited');
    assert.deepEqual(
      untrustedWorkspaces.restrictedConfigurations.filter((name) => !(name in settings)),
      [],
    );
    // Text that becomes a request must be somebody's own: every such setting is restricted or out of a workspace's reach.
    const reachable = Object.entries(settings).filter(
      ([name, { type, scope }]) =>
        !['boolean', 'integer', 'number'].includes(String(type)) &&
        scope !== 'application' &&
        !untrustedWorkspaces.restrictedConfigurations.includes(name),
    );
    assert.deepEqual(reachable, []);
  });
});

function withoutPrefix(name: string): string {
  return name.replace(/^dashlyLeads\./, '');
}

/** The keys of the interface `ContextKeys` and the values each can have; `boolean` stands for both of them. */
function contextKeys(source: string): Map<string, readonly string[]> {
  const body = /interface ContextKeys \{([^]*?)\n\}/.exec(source)?.[1] ?? '';
  const members = [...body.matchAll(/^ {2}(\w+):\s*([^;]+);/gm)];
  assert.ok(members.length > 0);
  return new Map(members.map(([, key = '', type = '']) => [key, [...type.matchAll(/\w+/g)].map(([word]) => word)]));
}

/** The table `settings`, in the words of a manifest. */
function settingsTable(source: string): Map<string, object> {
  const body = /const settings = \{([^]*?)\n\};/.exec(source)?.[1] ?? '';
  const rows = [...body.matchAll(/^ {2}'?([\w.]+)'?:\s*(\w+)\(([^)]*)\)/gm)];
  assert.ok(rows.length > 0);
  return new Map(
    rows.map(([, name = '', kind, given = '']): [string, object] => {
      const [standard, ...others] = JSON.parse(`[${given.replaceAll('_', '').replaceAll("'", '"')}]`) as unknown[];
      if (kind === 'oneOf') {
        const choices = [standard, ...others];
        return [name, { type: 'string', default: standard, minimum: undefined, maximum: undefined, enum: choices }];
      }
      if (kind === 'text')
        return [name, { type: 'string', default: standard, minimum: undefined, maximum: undefined, enum: undefined }];
      if (kind === 'names')
        return [name, { type: 'array', default: [], minimum: undefined, maximum: undefined, enum: undefined }];
      const [minimum, maximum] = others;
      const type = ({ wholeNumber: 'integer', flag: 'boolean' } as Record<string, string>)[kind ?? ''];
      assert.ok(type, `${name}: teach this test what ${kind} is in a manifest`);
      return [name, { type, default: standard, minimum, maximum, enum: undefined }];
    }),
  );
}
