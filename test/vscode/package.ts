/** `npm run package`: the extension as a VSIX, ready to be installed or published. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { packageInto } from './build';
import { projectFolder, vsixFile } from './folders';

/** Builds the extension and packages it. Prints the package's files and size. @param file the package */
export async function packageExtension(file = vsixFile): Promise<void> {
  console.log('Packaging the extension…');
  await mkdir(dirname(file), { recursive: true });
  await packageInto(file);
  console.log(`${relative(projectFolder, file)}: ${(await stat(file)).size} bytes`);
}

if (require.main === module) {
  packageExtension(join(projectFolder, 'dist/dashly-leads.vsix')).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
