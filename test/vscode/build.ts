import { spawnSync } from 'node:child_process';
import { projectFolder } from './folders';

/**
 * Builds the extension into `dist/`.
 *
 * @throws Error when the bundler found errors; it has printed them.
 */
export function build(): void {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: projectFolder, stdio: 'inherit' });
  if (status !== 0) throw new Error('The extension could not be built; see above.');
}
