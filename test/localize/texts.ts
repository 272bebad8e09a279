import { getL10nJson } from '@vscode/l10n-dev';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../vscode/folders';

/** Texts of a language by their keys; those of the code have the English text for a key. */
export type Texts = Readonly<Record<string, string>>;

/** The texts of the code in Russian. */
export const russianFile = 'l10n/bundle.l10n.ru.json';

/** @param name as `package.nls.ru.json`, seen from the project's folder */
export function readTexts(name: string): Texts {
  return JSON.parse(readFileSync(join(projectFolder, name), 'utf8')) as Texts;
}

/** The manifest as VS Code shows it in English: with the texts in the place of their keys. */
export function readManifest(): unknown {
  const texts = readTexts('package.nls.json');
  return JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'), (_, value: unknown) =>
    typeof value === 'string' ? (texts[/^%(.+)%$/.exec(value)?.[1] ?? ''] ?? value) : value,
  );
}

/** The texts that the code hands to `l10n.t`, in English, sorted. */
export async function textsOfCode(): Promise<string[]> {
  const folder = join(projectFolder, 'src');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.keys(await getL10nJson(contents.map((text) => ({ extension: '.ts', contents: text })))).sort();
}
