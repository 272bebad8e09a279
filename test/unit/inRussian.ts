import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as language from '../../src/language';
import type { Texts } from '../localize/texts';
import { projectFolder } from '../vscode/folders';

const load = createRequire(__filename);

/**
 * Speaks Russian and loads modules of ours a second time, because texts that stand in their tables are made when they are
 * loaded. Afterwards `speak('en', undefined)`.
 * @param texts by the English ones
 * @param modules take what they need by the path from `src`, as `leads/dates`
 */
export function inRussian<T>(texts: Texts, modules: (load: (path: string) => unknown) => T): T {
  const ours = Object.entries(load.cache).filter(([file]) => file.startsWith(join(projectFolder, 'src')));
  for (const [file] of ours) Reflect.deleteProperty(load.cache, file);
  try {
    const fresh = (path: string): unknown => load(join(projectFolder, 'src', path));
    (fresh('language') as typeof language).speak('ru', texts);
    return modules(fresh);
  } finally {
    Object.assign(load.cache, Object.fromEntries(ours));
  }
}
