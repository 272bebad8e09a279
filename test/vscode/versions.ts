import { join } from 'node:path';

/** Which VS Code a suite runs on: the oldest that the extension supports, or the newest. */
export type VscodeVersion = 'oldest' | 'newest';

/** The private package that carries a VS Code, and the versions of Node.js that run it. */
export interface VscodePackage {
  /** The package's folder, with a lock file of its own. */
  folder: string;
  /** The first major version of Node.js that runs it. */
  firstNode: number;
  /** The last one. */
  lastNode: number;
}

export const vscodePackages: Readonly<Record<VscodeVersion, VscodePackage>> = {
  oldest: { folder: __dirname, firstNode: 20, lastNode: 22 },
  newest: { folder: join(__dirname, 'newest'), firstNode: 24, lastNode: Infinity },
};

/** The option `--vscode oldest` or `--vscode newest` for `parseArgs`. */
export const versionOption = { vscode: { type: 'string', default: 'oldest' } } as const;

/** @throws Error when there is no such version. */
export function toVersion(name: string): VscodeVersion {
  if (name === 'oldest' || name === 'newest') return name;
  throw new Error(`There is no VS Code "${name}": oldest or newest.`);
}
