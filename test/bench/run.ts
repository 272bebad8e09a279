/**
 * `npm run bench`: runs every `test/bench/**\/*.bench.ts` in a process of its own, prints a table, and writes
 * `test/bench/results.json`. `-- <part of a file's name>` runs some; the file then holds only their results.
 */
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { projectFolder } from '../vscode/folders';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { testFiles } from '../vscode/testFiles';
import type { BenchResult } from './result';

/** A figure, and how it is measured again. */
type Row = Required<BenchResult> & { readonly command: string };

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const all = await testFiles('test/bench', projectFolder, '.bench.ts');
  const files = all.filter(
    (file) => wanted.length === 0 || wanted.some((part) => relative(projectFolder, file).includes(part)),
  );
  if (files.length === 0) throw new Error('There is no such benchmark.');
  const results: Row[] = [];
  const failed: string[] = [];
  for (const [index, file] of files.entries()) {
    const name = relative(projectFolder, file);
    console.log(`Benchmark ${index + 1} of ${files.length}: ${name}…`);
    try {
      const command = `npm run bench -- ${basename(file, '.bench.ts')}`;
      for (const result of await runBenchmark(file)) results.push({ host: 'Node.js', ...result, command });
    } catch (error) {
      failed.push(`${name}: ${(error as Error).message}`);
    }
  }
  print(results);
  await writeFile(join(__dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  for (const line of failed) console.log(`FAILED  ${line}`);
  if (failed.length > 0) process.exitCode = 1;
}

/** A process of its own, so that one benchmark's memory and warm code are not in the figures of another. */
async function runBenchmark(file: string): Promise<BenchResult[]> {
  const child = fork(join(__dirname, 'runBenchmark.ts'), [file], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    cwd: projectFolder,
  });
  const killChild = (): void => void child.kill();
  process.once('exit', killChild);
  return new Promise((resolve, reject) => {
    let results: BenchResult[] | undefined;
    child.once('message', (message) => (results = message as BenchResult[]));
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('exit', killChild);
      if (code === 0 && results) resolve(results);
      else reject(new Error(`ended with code ${String(code)}`));
    });
  });
}

function print(results: readonly Row[]): void {
  const rows = results.map(({ name, host, command, value, unit, goal, met }) => [
    name,
    `${format(value)} ${unit}`,
    goal,
    met ? 'met' : 'MISSED',
    host,
    command,
  ]);
  const table = [['measured', 'value', 'goal', '', 'host', 'command'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  console.log();
  for (const row of table) {
    console.log(
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    );
  }
}

function format(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

endGroupsOnSignals();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
