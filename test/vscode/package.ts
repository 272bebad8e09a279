/** `npm run package`: the extension as a VSIX, ready to be installed or published. */
import { createVSIX } from '@vscode/vsce';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from './build';
import { projectFolder, vsixFile } from './folders';

/** Builds the extension and packages it to `dist/dashly-leads.vsix`. Prints the package's files and size. */
export async function packageExtension(): Promise<void> {
  console.log('Packaging the extension…');
  build();
  await createVSIX({ cwd: projectFolder, packagePath: vsixFile, dependencies: false });
  console.log(`${relative(projectFolder, vsixFile)}: ${(await stat(vsixFile)).size} bytes`);
}

if (require.main === module) {
  packageExtension().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}
