/**
 * Builds the extension into `dist/` (or the folder given with `--outdir`): `extension.cjs` and the files it requires for the
 * extension host of Node, `browser.js` that reads the same files in that of a web worker, `card.js` and `explore.js` for the
 * pages of webviews. `--watch` builds again at every change, readable and unminified. Without it, `THIRD_PARTY_NOTICES.txt`
 * is written beside them: the licences of all packages of which code is in them.
 */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { basename, join, resolve } from 'node:path';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  // What an extension host loads is CommonJS: what stands behind a dynamic `import()` is required when it is wanted.
  supported: { 'dynamic-import': false },
};

/**
 * Requires VS Code's API as it is: for `import * as vscode` esbuild copies its hundreds of members, getter by getter, once for
 * each file, which cost a third of the start-up.
 * @type {esbuild.Plugin}
 */
const vscodeAsItIs = {
  name: 'vscode-as-it-is',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replace(
        "import * as vscode from 'vscode';",
        "import vscode = require('vscode');",
      ),
    })),
};

/** @type {esbuild.BuildOptions} */
const extension = { ...common, entryPoints: ['src/extension.ts'], format: 'cjs', plugins: [vscodeAsItIs] };

/** The script of a webview's page. */
const page = (name) => ({
  ...common,
  entryPoints: [`src/${name}/page/main.ts`],
  outfile: join(outdir, `${name}.js`),
  format: 'iife',
  tsconfig: 'src/card/page/tsconfig.json',
});
const pages = [page('card'), page('explore')];

/**
 * Builds for the host of Node: what is not needed at activation stands in files of its own and is neither read nor compiled
 * before. esbuild splits ES modules only, which this host loads more slowly than CommonJS, so each is made CommonJS afterwards.
 * What activation does need is one file again: each that is required cost it a millisecond.
 */
async function buildSplit() {
  const { outputFiles, metafile } = await esbuild.build({
    ...extension,
    format: 'esm',
    splitting: true,
    outdir,
    chunkNames: '[name]-[hash]',
    // For a `.js` Node reads and parses the package.json above it, to know whether it is a module.
    outExtension: { '.js': '.cjs' },
    write: false,
  });
  await mkdir(outdir, { recursive: true });
  const texts = new Map(outputFiles.map(({ path, text }) => [`./${basename(path)}`, text]));
  const [entry, ...imported] = filesAtStart(metafile);
  texts.set(entry, await joined(entry, imported, texts));
  // The same modules to the other files, which share them.
  for (const [index, name] of imported.entries()) texts.set(name, `module.exports = require('${entry}').file${index};`);
  const { minify, target, supported } = common;
  for (const [name, text] of texts) {
    const { code } = await esbuild.transform(text, { format: 'cjs', platform: 'node', minify, target, supported });
    await writeFile(join(outdir, name), code);
  }
  return { metafile, files: outputFiles.map(({ path }) => basename(path)).sort() };
}

/** The files that are read at activation: the entry, which comes first, and what it imports. */
function filesAtStart({ outputs }) {
  const names = new Map(Object.keys(outputs).map((path) => [path, `./${basename(path)}`]));
  const [entry] = [...names].find(([, name]) => name === './extension.cjs');
  const found = new Set([entry]);
  for (const path of found)
    for (const { path: imported, kind } of outputs[path].imports) if (kind === 'import-statement') found.add(imported);
  return [...found].map((path) => names.get(path));
}

/** An entry and what it imports as one file, which also gives what each of them exports, as `file<index>`. */
async function joined(entry, imported, texts) {
  const contents = [
    `export * from '${entry}';`,
    ...imported.map((name, index) => `export * as file${index} from '${name}';`),
  ];
  const inMemory = {
    name: 'in-memory',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\.\// }, ({ path }) => ({ path, namespace: 'memory' }));
      onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({ contents: texts.get(path), loader: 'js' }));
    },
  };
  const { outputFiles } = await esbuild.build({
    ...common,
    stdin: { contents: contents.join('\n'), resolveDir: root },
    format: 'esm',
    plugins: [inMemory],
    write: false,
  });
  return outputFiles[0].text;
}

/** The entry for the host of a web worker. @param files the names of those that `buildSplit` wrote */
const browser = (files) => ({
  ...extension,
  entryPoints: ['src/browser.ts'],
  outfile: join(outdir, 'browser.js'),
  define: { files: JSON.stringify(files) },
});

/** All in one file: watching that is simpler. */
const whole = (name) => ({ ...extension, outfile: join(outdir, name) });

await rm(outdir, { recursive: true, force: true });
if (values.watch) {
  for (const build of [whole('extension.cjs'), whole('browser.js'), ...pages])
    await (await esbuild.context(build)).watch();
  console.log('Watching src; Ctrl+C ends.');
} else {
  const [split, ...others] = await Promise.all([buildSplit(), ...pages.map((options) => esbuild.build(options))]);
  await esbuild.build(browser(split.files));
  const text = await notices([split, ...others].map(({ metafile }) => metafile));
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

/** Those of Microsoft come without the licence that stands in their repositories (github.com/microsoft/{fast,vscode-l10n}). */
async function licenceElsewhere(name, license) {
  if (!/^@(microsoft\/fast-|vscode\/l10n$)/.test(name) || license !== 'MIT')
    throw new Error(`${name} has no licence text.`);
  // The terms of MIT are the same as our own.
  const terms = (await readFile(join(root, 'LICENSE'), 'utf8')).replace(/^[^]*?(?=Permission is hereby granted)/, '');
  return `MIT License\n\nCopyright (c) Microsoft Corporation. All rights reserved.\n\n${terms}`;
}
