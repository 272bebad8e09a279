/**
 * Builds an extension into `dist/` (or the folder given with `--outdir`): `extension.js` for both
 * extension hosts, Node's and the web worker, and `card.js` for the lead card. One file each, because each file that is read
 * costs start-up time; what stands behind a dynamic `import()` is in the file, but is evaluated only when that runs.
 * `--watch` builds again at every change, readable and unminified.
 */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import { rm } from 'node:fs/promises';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { watch: { type: 'boolean' }, outdir: { type: 'string', default: 'dist' } } });
const outdir = resolve(root, values.outdir);

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !values.watch,
  sourcemap: values.watch ? 'linked' : false,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  // The browser build of axios runs in both extension hosts and is a quarter of the Node one.
  platform: 'browser',
  external: ['vscode', 'node:*'],
  // What an extension host loads is CommonJS: the modules of Node that are wanted later are required then.
  supported: { 'dynamic-import': false },
};

const builds = [
  { ...common, entryPoints: ['src/extension.ts'], outfile: join(outdir, 'extension.js'), format: 'cjs' },
  {
    ...common,
    entryPoints: ['src/card/page/main.ts'],
    outfile: join(outdir, 'card.js'),
    format: 'iife',
    tsconfig: 'src/card/page/tsconfig.json',
  },
];

await rm(outdir, { recursive: true, force: true });
if (values.watch) {
  for (const build of builds) await (await esbuild.context(build)).watch();
  console.log('Watching src; Ctrl+C ends.');
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}
