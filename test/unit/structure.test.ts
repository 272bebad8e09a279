import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';

const root = resolve(__dirname, '../..');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules') && !name.includes('.cache'))
    .map((name) => join(root, folder, name));
}

/** The files that a file imports, imports of types included. */
function imports(file: string, known: ReadonlySet<string>): string[] {
  return ts
    .preProcessFile(readFileSync(file, 'utf8'), true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName))
    .flatMap((path) => [`${path}.ts`, join(path, 'index.ts')].filter((candidate) => known.has(candidate)));
}

/** Each circle of imports once, as the files on the way round. */
function circles(files: readonly string[]): string[] {
  const known = new Set(files);
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) {
      found.push([...way.slice(start), file].map((one) => relative(root, one)).join(' → '));
      return;
    }
    if (finished.has(file)) return;
    for (const imported of imports(file, known)) visit(imported, [...way, file]);
    finished.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

describe('The source', () => {
  for (const folder of ['src', 'test']) {
    it(`in ${folder} has no circle of imports, not even of types`, () => {
      const files = sourceFiles(folder);
      assert.notEqual(files.length, 0);
      assert.deepEqual(circles(files), []);
    });
  }
});
