/**
 * `npm run release -- 0.2.0`: the version and what is unreleased in the changelog are written, everything is checked, and
 * what is to be committed and tagged is printed; on the tag a workflow publishes with `--publish`. `--dry-run` writes and
 * publishes nothing, and prints what it would; `--no-tests` leaves out `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { publishVSIX } from '@vscode/vsce';
import { packageInto } from '../vscode/build';
import { projectFolder } from '../vscode/folders';
import { isNewer, notesOf, releasedChangelog } from './changelog';
import { identityProblems, type Identity, repositoryPage } from './identity';
import { fileProblems, mostBytes, noticeProblems, packageFiles } from './packageFiles';

interface Manifest extends Identity {
  readonly name: string;
  readonly version: string;
}

/** The files of the project that a release changes. */
const changed = ['package.json', 'package-lock.json', 'CHANGELOG.md'] as const;
type Texts = Readonly<Record<(typeof changed)[number], string>>;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean' }, 'no-tests': { type: 'boolean' }, publish: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [version = ''] = positionals;
  const isDry = values['dry-run'] === true;
  const before = await readTexts();
  const manifest = JSON.parse(before['package.json']) as Manifest;
  const unfit = identityProblems(manifest);
  if (unfit.length > 0 && !isDry) throw new Error(unfit.join('\n'));
  const after = values.publish ? asReleased(before, version) : released(before, version);
  if (!values['no-tests']) runTests();
  const file = await checkedPackage(before, after, isDry || values.publish === true);
  printRelease(manifest, version, after['CHANGELOG.md'], file);
  if (isDry) {
    console.log(
      `\nNothing was written or published.${unfit.map((sentence) => `\nIt would be refused: ${sentence}`).join('')}`,
    );
  } else if (values.publish) await publish(file.path);
  else console.log(`\nNow:\n  git commit -am "Version ${version}" && git tag v${version} && git push --follow-tags`);
}

async function readTexts(): Promise<Texts> {
  const texts = await Promise.all(
    changed.map(async (name) => [name, await readFile(join(projectFolder, name), 'utf8')]),
  );
  return Object.fromEntries(texts) as Texts;
}

async function writeTexts(texts: Texts): Promise<void> {
  for (const name of changed) await writeFile(join(projectFolder, name), texts[name]);
}

/** The files with the new version in them. */
function released(texts: Texts, version: string): Texts {
  const manifest = JSON.parse(texts['package.json']) as Manifest;
  if (!isNewer(version, manifest.version)) throw new Error(`${version} is not newer than ${manifest.version}.`);
  const lock = JSON.parse(texts['package-lock.json']) as { packages: Record<string, object> };
  const packages = { ...lock.packages, '': { ...lock.packages[''], version } };
  const [date = ''] = new Date().toISOString().split('T');
  const release = { version, date, before: manifest.version, page: repositoryPage(manifest) };
  return {
    'package.json': asText({ ...manifest, version }),
    'package-lock.json': asText({ ...lock, version, packages }),
    'CHANGELOG.md': releasedChangelog(texts['CHANGELOG.md'], release),
  };
}

/** The files as they are, in which the version has to stand already. */
function asReleased(texts: Texts, version: string): Texts {
  const manifest = JSON.parse(texts['package.json']) as Manifest;
  if (manifest.version !== version) throw new Error(`package.json says ${manifest.version}, not ${version}.`);
  if (!notesOf(texts['CHANGELOG.md'], version)) throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  return texts;
}

function asText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function runTests(): void {
  // npm is a script on Windows: its own interpreter is started instead of a shell.
  const { npm_execpath: npm } = process.env;
  if (npm === undefined) throw new Error('Start this by npm run release.');
  const { status } = spawnSync(process.execPath, [npm, 'test'], { cwd: projectFolder, stdio: 'inherit' });
  if (status !== 0) throw new Error('Not every test passed: nothing is released.');
}

/**
 * Makes the package twice, and checks what is in it. The changed files stay where they were made for good.
 * @param restore whether the project's files are put back afterwards
 */
async function checkedPackage(before: Texts, after: Texts, restore: boolean): Promise<{ path: string; bytes: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-release-'));
  const path = join(folder, 'dashly-leads.vsix');
  let good = false;
  try {
    await writeTexts(after);
    await packageInto(path);
    const bytes = await readFile(path);
    await packageInto(join(folder, 'again.vsix'));
    const isSame = bytes.equals(await readFile(join(folder, 'again.vsix')));
    const files = packageFiles(bytes);
    const problems = [
      ...(isSame ? [] : ['Two packages of the same sources differ.']),
      ...fileProblems(files),
      ...noticeProblems(files),
      ...(bytes.length > mostBytes ? [`The package has ${bytes.length} bytes; ${mostBytes} are the most.`] : []),
    ];
    if (problems.length > 0) throw new Error(problems.join('\n'));
    good = true;
    return { path, bytes };
  } finally {
    if (restore || !good) await writeTexts(before);
    if (!good) await rm(folder, { recursive: true, force: true });
  }
}

function printRelease(
  { publisher, name }: Manifest,
  version: string,
  changelog: string,
  { path, bytes }: { path: string; bytes: Buffer },
): void {
  console.log(`\n${publisher}.${name} ${version}, for the Visual Studio Marketplace and Open VSX`);
  console.log(`${path}: ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
  console.log('The same bytes when made again; the files are those of the list; every bundled package has its notice.');
  console.log(`\n${[...packageFiles(bytes).keys()].sort().join('\n')}\n\n${notesOf(changelog, version) ?? ''}`);
}

/** Publishes at both stores, with the tokens in `VSCE_PAT` and `OVSX_PAT`. */
async function publish(path: string): Promise<void> {
  const { VSCE_PAT: marketplace, OVSX_PAT: openVsx } = process.env;
  if (!marketplace || !openVsx) throw new Error('The tokens of the stores are missing: VSCE_PAT and OVSX_PAT.');
  await publishVSIX(path, { pat: marketplace });
  const { npm_execpath: npm = '' } = process.env;
  // The token stands in the environment, where ovsx looks for it, and in no command line.
  const { status } = spawnSync(process.execPath, [npm, 'exec', '--yes', 'ovsx@1.4.0', '--', 'publish', path], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('Open VSX did not take the package; the Marketplace has it.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
