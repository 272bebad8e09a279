/**
 * Builds an extension into `dist/` (or the folder given with `--outdir`): `extension.js` for both
 * extension hosts, Node's and the web worker, and `card.js` for the lead card. One file each, because each file that is read
 * costs start-up time; what stands behind a dynamic `import()` is in the file, but is evaluated only when that runs.
 * `--watch` builds again at every change, readable and unminified. Without it, `THIRD_PARTY_NOTICES.txt` is written beside
 * them: the licences of all packages of which code is in them.
 */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  metafile: true,
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
  const results = await Promise.all(builds.map((build) => esbuild.build(build)));
  const text = await notices(results.map(({ metafile }) => metafile));
  await writeFile(join(outdir, 'THIRD_PARTY_NOTICES.txt'), text);
}

/**
 * The licences of the packages that were bundled, by name.
 * @param {esbuild.Metafile[]} metafiles what was bundled
 * @throws Error for a package whose licence text is found nowhere: it must not be shipped
 */
async function notices(metafiles) {
  const files = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    ),
  );
  // A package may stand inside another one's folder.
  const folders = new Set(files.flatMap((file) => file.match(/^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const parts = await Promise.all([...folders].map(notice));
  const names = [...new Set(parts)].sort();
  return ['The extension contains code of these packages.', ...names].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

/** @param {string} folder of a package */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  const text = file ? await readFile(join(root, folder, file), 'utf8') : await licenceElsewhere(name, license);
  return `${name} ${version} (${license})\n\n${text.replace(/\r\n/g, '\n').trim()}`;
}

/** The packages of FAST come without the licence that stands in their repository (github.com/microsoft/fast). */
async function licenceElsewhere(name, license) {
  if (!/^@microsoft\/fast-/.test(name) || license !== 'MIT') throw new Error(`${name} has no licence text.`);
  // The terms of MIT are the same as our own.
  const terms = (await readFile(join(root, 'LICENSE'), 'utf8')).replace(/^[^]*?(?=Permission is hereby granted)/, '');
  return `MIT License\n\nCopyright (c) Microsoft Corporation. All rights reserved.\n\n${terms}`;
}
