/**
 * Makes sure that `node_modules` holds what `package-lock.json` asks for, so that `npm start` and `npm test` work on a
 * fresh clone. Plain JavaScript without dependencies, because it runs before there are any. Quiet when nothing is to do.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The packages of a lock file by their folder, or undefined when there is no such file. */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Why an install is needed, in words; undefined when `node_modules` is as the lock file asks. */
function reasonToInstall() {
  const wanted = lockedPackages('package-lock.json') ?? {};
  // npm writes this file into node_modules at the end of every install: what it really put there.
  const present = lockedPackages('node_modules/.package-lock.json');
  if (!present) return 'they are not installed yet';
  for (const [folder, { version, integrity, optional }] of Object.entries(wanted)) {
    if (folder === '') continue;
    const found = present[folder];
    // Optional packages are those of other platforms.
    if (!found && optional) continue;
    if (found?.version !== version || found.integrity !== integrity) return 'package-lock.json has changed';
  }
  return undefined;
}

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Node.js 20 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}
const reason = reasonToInstall();
if (reason) {
  console.log(`Installing the project's npm packages (${reason})…`);
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(`npm could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
