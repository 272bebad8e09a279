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
 * translated afterwards. What `activate` needs becomes one file, `extension.js`, because each file that is read costs
 * start-up time; what is behind an `import()` stays in files of its own, unread until it is needed.
 */
const commonJsParts = {
  name: 'commonjs-parts',
  setup(build) {
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      if (!metafile) return;
      await mkdir(join(root, 'dist'), { recursive: true });
      const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
      const first = neededAtOnce(metafile.outputs);
      await writeFile(join(root, 'dist/extension.js'), joined(first, texts));
      for (const [name, text] of texts) {
        if (!first.includes(name)) await writeFile(join(root, 'dist', name), await translated(text, first));
      }
    });
  },
};

/** The parts that the entry imports, directly or not, each behind those it needs; the entry is the last. */
function neededAtOnce(outputs) {
  const names = new Set();
  const visit = (path) => {
    for (const { path: imported, kind } of outputs[path].imports) {
      if (kind === 'import-statement' && outputs[imported] && !names.has(basename(imported))) visit(imported);
    }
    names.add(basename(path));
  };
  visit('dist/extension.js');
  return [...names];
}

/**
 * Several parts as one CommonJS file. esbuild writes imports and exports of a part in few and plain forms; its own
 * translation of them adds half a kilobyte of helpers to each part. Nothing exported is reassigned (`export let` is not
 * used), so that values can be handed over.
 */
function joined(names, texts) {
  const parts = names.map((name) => {
    const imports = [];
    const body = texts
      .get(name)
      .replace(/(?<=^|[;}\n])import(\{[^}]*\}|\s*\*\s*as ([\w$]+))\s*from\s*"([^"]+)";/g, (_, what, all, from) => {
        const source = from.startsWith('./')
          ? `__part(${JSON.stringify(basename(from))})`
          : `require(${JSON.stringify(from)})`;
        imports.push(`const ${all ?? what.replaceAll(' as ', ':')}=${source};`);
        return '';
      })
      .replace(/(?<=^|[;}\n])import"[^"]+";/g, '')
      .replace(/export\s*\{([^}]*)\};\s*$/, (_, what) => `return{${what.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1')}};`)
      .replace(/\bimport\(("[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))');
    if (/(?<=^|[;}\n])(?:import|export)[\s{*"]/.test(body))
      throw new Error(`${name} has an import or export of an unknown form.`);
    return `${JSON.stringify(name)}(){${imports.join('')}${body}}`;
  });
  return [
    '"use strict";',
    // Longer than the names that esbuild gives, so that no part hides them.
    `const __parts={${parts.join(',')}},__made={},__part=name=>__made[name]??=__parts[name]()??{};`,
    'exports.part=__part;exports.activate=(...given)=>__part("extension.js").activate(...given);',
  ].join('');
}

/** A part that is read later, as CommonJS; what it shares with the first file it takes from there. */
async function translated(text, first) {
  const { code } = await esbuild.transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    supported: { 'dynamic-import': false },
    minify: !watching,
    legalComments: 'none',
  });
  return code.replace(/\brequire\("\.\/([^"]+)"\)/g, (whole, name) =>
    first.includes(name) ? `require("./extension.js").part("${name}")` : whole,
  );
}

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
    metafile: true,
    plugins: [commonJsParts],
  },
  { ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/browser.js', format: 'cjs' },
  {
    ...common,
    entryPoints: ['src/card/page/main.ts'],
    outfile: 'dist/card.js',
    format: 'iife',
    tsconfig: 'src/card/page/tsconfig.json',
  },
];

await rm(join(root, 'dist'), { recursive: true, force: true });
if (watching) {
  for (const build of builds) await (await esbuild.context(build)).watch();
  console.log('Watching src; Ctrl+C ends.');
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}
