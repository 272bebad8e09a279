/** `npm run package`: the extension as a VSIX, ready to be installed or published. */
import { createVSIX, listFiles } from '@vscode/vsce';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from './build';
import { projectFolder, vsixFile } from './folders';

/** Builds the extension and packages it to `dist/dashly-leads.vsix`. */
export async function packageExtension(): Promise<void> {
  console.log('Packaging the extension…');
  build();
  await createVSIX({ cwd: projectFolder, packagePath: vsixFile, dependencies: false });
}

/** Prints what went into the package, and its size. */
async function report(): Promise<void> {
  for (const file of await listFiles({ cwd: projectFolder })) {
    const { size } = await stat(`${projectFolder}/${file}`);
    console.log(`${String(size).padStart(9)}  ${file}`);
  }
  const { size } = await stat(vsixFile);
  console.log(`${relative(projectFolder, vsixFile)}: ${size} bytes`);
}

if (require.main === module) {
  packageExtension()
    .then(report)
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}
