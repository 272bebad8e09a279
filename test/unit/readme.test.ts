import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

describe('The README', () => {
  const readme = read('README.md');
  const { contributes, scripts } = JSON.parse(read('package.json')) as Manifest;

  it('names every command of the palette', () => {
    const hidden = new Set(
      contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const missing = contributes.commands.filter(
      ({ command, title }) => !hidden.has(command) && !readme.includes(title),
    );
    assert.deepEqual(missing, []);
  });

  it('names every setting', () => {
    assert.deepEqual(
      Object.keys(contributes.configuration.properties).filter((name) => !readme.includes(`\`${name}\``)),
      [],
    );
  });

  it('names no npm command that does not exist', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(([, name]) => name ?? '');
    assert.deepEqual(
      named.filter((name) => !(name in scripts) && !['packages', 'ci', 'commands'].includes(name)),
      [],
    );
  });

  it('shows pictures and follows links that are there', () => {
    const targets = [...readme.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, target]) => target ?? '');
    assert.ok(targets.length > 3);
    assert.deepEqual(
      targets.filter((target) => !existsSync(path.join(root, target))),
      [],
    );
  });
});
