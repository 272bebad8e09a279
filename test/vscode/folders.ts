import { join, resolve } from 'node:path';

/** The project's own folder. */
export const projectFolder = resolve(__dirname, '../..');

/** Where the npm packages that carry VS Code and the browser are installed. */
export const packagesFolder = join(__dirname, 'node_modules');

/** What is made at first use: the unpacked browser, stamps, the home of `npm start`. Not committed. */
export const cacheFolder = join(__dirname, '.cache');

/** The pictures and logs of failed UI tests. Not committed. */
export const failuresFolder = join(projectFolder, 'test/ui/failures');

/** The package that tests and benchmarks make and install; not in `dist/`, which the next build empties. */
export const vsixFile = join(cacheFolder, 'dashly-leads.vsix');
