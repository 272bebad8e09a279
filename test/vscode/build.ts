import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, projectFolder } from './folders';
import { withLock } from './lock';

/**
 * Builds the extension, and puts all that it consists of into a folder of its own: a later build does not take files away
 * from under a window that is open.
 *
 * @param folder what is in it is replaced.
 * @throws Error when the bundler found errors; it has printed them.
 */
export async function buildInto(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await built(async () => {
    for (const file of await listFiles({ cwd: projectFolder, packageManager: PackageManager.None })) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await cp(join(projectFolder, file), join(folder, file));
    }
  });
}

/**
 * Builds the extension and packages it. The same sources make the same bytes: vsce gives all files in the package the time
 * `SOURCE_DATE_EPOCH` (seconds since 1970; the beginning of 2020 when it is not set) and sorts them.
 *
 * @param file the package, which is replaced.
 */
export async function packageInto(file: string): Promise<void> {
  const { SOURCE_DATE_EPOCH: epoch, TZ: zone } = process.env;
  // A zip holds local times: without a zone of its own, each machine would make other bytes.
  Object.assign(process.env, { SOURCE_DATE_EPOCH: epoch ?? '1577836800', TZ: 'UTC' });
  try {
    await built(() => createVSIX({ cwd: projectFolder, packagePath: file, dependencies: false }));
  } finally {
    restore('SOURCE_DATE_EPOCH', epoch);
    restore('TZ', zone);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}

/** Builds into `dist/`, and takes what is needed from there before another process builds. */
async function built(take: () => Promise<void>): Promise<void> {
  await withLock(
    join(cacheFolder, 'build.lock'),
    async () => {
      const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: projectFolder, stdio: 'inherit' });
      if (status !== 0) throw new Error('The extension could not be built; see above.');
      await take();
    },
    () => console.log('Another process builds the extension at this moment; waiting for it…'),
  );
}
