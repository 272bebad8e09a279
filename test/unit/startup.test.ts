import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import * as esbuild from 'esbuild';

const projectFolder = join(__dirname, '../..');

/** A `vscode` that gives itself for everything that is asked of it. */
function emptyVscode(): unknown {
  class Anything {
    readonly made = true;
  }
  const anything: unknown = new Proxy(Anything, {
    get: (_, name): unknown => (name === 'prototype' ? Anything.prototype : name === 'then' ? undefined : anything),
    apply: () => anything,
  });
  // By way of the prototype: the bundle makes an object of its own with the same one.
  return Object.create(new Proxy({}, { get: () => anything })) as unknown;
}

describe('What is evaluated when the extension is loaded, and when its view is first seen', () => {
  it('makes no Intl object: one costs more than all the rest', async () => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: projectFolder,
      stdin: {
        contents: `export { activate } from './src/extension'; export { startParts } from './src/parts';`,
        resolveDir: projectFolder,
      },
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'browser',
      external: ['vscode', 'node:*'],
      supported: { 'dynamic-import': false },
    });
    const made: string[] = [];
    const watched = new Proxy(Intl, {
      get: (target, name) => {
        made.push(String(name));
        return Reflect.get(target, name) as unknown;
      },
    });
    const module = { exports: {} as { activate?: unknown } };
    const load = (name: string): unknown => (name === 'vscode' ? emptyVscode() : createRequire(__filename)(name));
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the bundle is our own code, and gets another Intl.
    const evaluate = new Function('module', 'exports', 'require', 'Intl', outputFiles[0]?.text ?? '');
    (evaluate as (...args: unknown[]) => void)(module, module.exports, load, watched);
    assert.equal(typeof module.exports.activate, 'function');
    assert.deepEqual(made, []);
  });
});
