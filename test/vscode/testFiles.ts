import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The test files under a folder, by their names: nobody keeps a list of them.
 *
 * @param folder relative to `root`.
 * @returns absolute paths, sorted.
 */
export async function testFiles(folder: string, root: string, ending = '.test.ts'): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
