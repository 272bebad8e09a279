import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTexts, russianFile, textsOfCode } from '../../localize/texts';
import { projectFolder } from '../../vscode/folders';

/** What must be the same in every language: places for values, commands, code, names of tools, line breaks. */
function fixed(text: string): string[] {
  return (text.match(/\{\w+\}|\(command:[^)]*\)|`[^`]*`|#\w+|\n/g) ?? []).sort();
}

/** Texts that differ in what must be the same, or that are no Russian. */
function faults(texts: Iterable<readonly [english: string, russian: string]>): string[] {
  return [...texts].flatMap(([english, russian]) => {
    if (russian === '') return [`Not translated: ${english}`];
    const [forms, translated] = [english.split('|'), russian.split('|')];
    // A text without forms may have a bar in it; one that is counted has two in English and three in Russian.
    if (translated.length !== (forms.length === 2 ? 3 : forms.length)) return [`Forms: ${english} → ${russian}`];
    const places = JSON.stringify(fixed(forms.at(-1) ?? ''));
    if (translated.some((form) => JSON.stringify(fixed(form)) !== places)) return [`Places: ${english} → ${russian}`];
    if (/^\s|\s$/.test(russian) !== /^\s|\s$/.test(english)) return [`Blanks: ${english} → ${russian}`];
    return [];
  });
}

describe('The texts in Russian', () => {
  const [english, russian] = [readTexts('package.nls.json'), readTexts('package.nls.ru.json')];

  it('are there for every text of the manifest, and for no other', () => {
    const asked = [...readFileSync(join(projectFolder, 'package.json'), 'utf8').matchAll(/"%([^"%]+)%"/g)].map(
      ([, key = '']) => key,
    );
    assert.deepEqual(Object.keys(english).sort(), [...new Set(asked)].sort());
    assert.deepEqual(Object.keys(russian).sort(), Object.keys(english).sort());
    assert.deepEqual(faults(Object.entries(english).map(([key, text]) => [text, russian[key] ?? ''])), []);
  });

  it('are there for every text of the code, and for no other', async function () {
    this.timeout(120_000);
    const bundle = readTexts(russianFile);
    const keys = await textsOfCode();
    assert.ok(keys.length > 500);
    assert.deepEqual(Object.keys(bundle).sort(), keys, 'npm run l10n lists what is to be translated');
    assert.deepEqual(faults(Object.entries(bundle)), []);
  });

  it('are texts of the manifest wherever people read them', () => {
    const shown = new Set(
      'title shortTitle description markdownDescription label contents altText userDescription displayName name'.split(
        ' ',
      ),
    );
    const bare: string[] = [];
    const look = (value: unknown, path: readonly string[]): void => {
      if (typeof value !== 'object' || value === null) {
        const [name = '', list = ''] = [path.at(-1), path.at(-2)];
        const isShown = shown.has(name) || /^enum(Descriptions|ItemLabels)$/.test(list);
        if (typeof value === 'string' && isShown && !/^%.+%$|^Dashly Leads$|^dashly_/.test(value))
          bare.push(path.join('.'));
        return;
      }
      // Models read English; and the names of icons are ids.
      for (const [name, inner] of Object.entries(value)) if (name !== 'inputSchema') look(inner, [...path, name]);
    };
    const { contributes } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
      contributes: unknown;
    };
    look(contributes, []);
    assert.deepEqual(bare, []);
  });
});
