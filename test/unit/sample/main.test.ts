import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ListBody } from './sampleRequest';

const root = join(__dirname, '../../..');
const start = (...args: string[]) =>
  spawn(process.execPath, ['--import', 'tsx', 'test/service/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function outputUntil(process: ChildProcess, end: string): Promise<string> {
  let output = '';
  for await (const chunk of process.stdout ?? []) {
    output += String(chunk);
    if (output.includes(end)) {
      return output;
    }
  }
  return output;
}

describe('npm run sample-api', function () {
  this.timeout(60_000);

  it('prints a curl line that works when pasted, and ends at Ctrl+C', async function () {
    if (spawnSync('curl', ['--version']).status !== 0) {
      this.skip();
    }
    const process = start('--leads', '70');
    const output = await outputUntil(process, 'Ctrl+C');
    const line = /^curl [\s\S]*?(?=\n\n)/m.exec(output)?.[0] ?? assert.fail(output);
    const { data } = JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' })) as ListBody;
    assert.equal(data.users.length, 2);
    assert.ok(data.total > 20 && data.total < 70, 'the filter is applied');
    const exited = once(process, 'exit');
    process.kill('SIGINT');
    assert.deepEqual(await exited, [0, null]);
  });

  it('says what is wrong with an option', async () => {
    const process = start('--port', 'http');
    let complaint = '';
    process.stderr.on('data', (chunk) => (complaint += String(chunk)));
    assert.deepEqual(await once(process, 'close'), [1, null]);
    assert.match(complaint, /--port takes a whole number, not "http"/);
  });
});
