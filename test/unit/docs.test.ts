import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readManifest } from '../localize/texts';

const root = path.join(__dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

/** What people read, by its path. */
const pages = new Map(
  ['.', 'docs', 'src/dashly', '.github'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => [path.join(folder, name), read(path.join(folder, name))]),
  ),
);

describe('What is written for people', () => {
  const { contributes, scripts } = readManifest() as Manifest;

  it('has a README that is a page of a store, not a manual', () => {
    const readme = read('README.md');
    assert.ok(readme.split('\n').length <= 150);
    assert.ok([...readme.matchAll(/^!\[[^\]]+\]\(/gm)].length >= 2, 'two pictures');
  });

  it('names every command of the palette, with the title that it has there', () => {
    const commands = read('docs/commands.md');
    const hidden = new Set(
      contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const missing = contributes.commands.filter(
      ({ command, title }) => !hidden.has(command) && !commands.includes(title),
    );
    assert.deepEqual(missing, []);
  });

  it('names every setting in the README, and none elsewhere that does not exist', () => {
    const settings = Object.keys(contributes.configuration.properties);
    const readme = read('README.md');
    assert.deepEqual(
      settings.filter((name) => !readme.includes(`\`${name}\``)),
      [],
    );
    const ids = [
      ...Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      'dashlyLeads.card',
    ];
    for (const [page, text] of pages)
      for (const [, name = ''] of text.matchAll(/`(dashlyLeads\.[\w.]*\w)`/g))
        assert.ok([...settings, ...ids].includes(name), `${page}: ${name}`);
  });

  it('names no npm command that does not exist', () => {
    for (const [page, text] of pages)
      for (const [, command = '', script = ''] of text.matchAll(/(npm (?:run )?([a-z][a-z0-9:-]*))/g))
        assert.ok(script in scripts || ['packages', 'ci', 'commands'].includes(script), `${page}: ${command}`);
  });

  it('shows pictures and follows links that are there, to headings that are there', () => {
    let count = 0;
    for (const [page, text] of pages) {
      for (const [, target = ''] of text.replace(/```[^]*?```/g, '').matchAll(/\]\((?!https:)([^)\s]+)\)/g)) {
        const [file = '', anchor] = target.split('#');
        const full = file === '' ? page : path.join(path.dirname(page), file);
        assert.ok(existsSync(path.join(root, full)), `${page}: ${target}`);
        if (anchor !== undefined) assert.ok(anchors(pages.get(full) ?? '').includes(anchor), `${page}: ${target}`);
        count++;
      }
    }
    assert.ok(count > 20);
  });

  it('has a page of docs for nothing that the README does not lead to', () => {
    const readme = read('README.md');
    for (const page of pages.keys())
      if (page.startsWith('docs')) assert.ok(readme.includes(`(${page.replaceAll('\\', '/')}`), page);
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
