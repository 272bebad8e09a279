/**
 * Builds `dist/`: `extension.js` with its lazily loaded chunks for the Node extension host, `browser.js` for the web
 * worker extension host, `card.js` for the lead card. `--watch` builds again at every change, readable and unminified.
 */
import { rm, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const watching = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !watching,
  sourcemap: 'linked',
  sourcesContent: false,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  // The browser build of axios, with its fetch adapter, runs in both extension hosts and is a quarter of the Node one.
  platform: 'browser',
  external: ['vscode', 'node:*'],
};

/**
 * esbuild splits only ES modules, and VS Code loads an extension's `main` as CommonJS: so the bundle is split first and
 * each part translated afterwards. What is behind an `import()` stays unread until it is needed.
 */
const commonJsParts = {
  name: 'commonjs-parts',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      await mkdir(join(root, 'dist'), { recursive: true });
      await Promise.all(
        outputFiles.map(async ({ path, text }) => {
          if (path.endsWith('.map')) return;
          const { code } = await esbuild.transform(text, {
            format: 'cjs',
            platform: 'node',
            target: 'es2022',
            supported: { 'dynamic-import': false },
            minify: !watching,
            legalComments: 'none',
          });
          await writeFile(join(root, 'dist', basename(path)), code);
        }),
      );
    });
  },
};

const builds = [
  {
    ...common,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    sourcemap: false,
    write: false,
    plugins: [commonJsParts],
  },
  { ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/browser.js', format: 'cjs' },
  { ...common, entryPoints: ['src/card/page/main.ts'], outfile: 'dist/card.js', format: 'iife', tsconfig: 'src/card/page/tsconfig.json' },
];

await rm(join(root, 'dist'), { recursive: true, force: true });
if (watching) {
  for (const build of builds) await (await esbuild.context(build)).watch();
  console.log('Watching src; Ctrl+C ends.');
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}
