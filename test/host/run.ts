/**
 * `npm run test:host`: the tests that need a real extension host. `test/host/**\/*.test.ts` run in a Node.js extension
 * host, of desktop VS Code where it can be had, else of the npm-packaged one; `test/host/worker/` runs in a web worker
 * extension host. `-- node` or `-- worker` runs one of them, `--grep <expression>` some tests; `--vscode newest` runs
 * them in the newest VS Code.
 */
import { runTests } from '@vscode/test-electron';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildInto } from '../vscode/build';
import { desktopVscode } from '../vscode/desktopVscode';
import type { HostKind } from '../vscode/development';
import { runInExtensionHost } from '../vscode/extensionHost';
import { vscodeNumber } from '../vscode/prepare';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { systemAuthorityVariables } from '../vscode/systemAuthority';
import { toVersion, versionOption, type VscodeVersion } from '../vscode/versions';
import { Authority, selfSigned } from '../service/certificates';
import { bundleSuite } from './bundle';
import { withWorkerServices } from './helpers/workerServices';
import { type Certificates, certificatesVariable, hiddenHost, relayHost } from './helpers/certificates';

/** Three times what they take on an idle machine. */
const timeLimit = 200_000;

async function main(): Promise<number> {
  endGroupsOnSignals();
  const { values, positionals } = parseArgs({
    options: { grep: { type: 'string' }, ...versionOption },
    allowPositionals: true,
  });
  const version = toVersion(values.vscode);
  const [wanted] = positionals;
  if (wanted !== undefined && wanted !== 'node' && wanted !== 'worker')
    throw new Error(`There is no extension host "${wanted}".`);
  const hosts: HostKind[] = wanted ? [wanted] : ['node', 'worker'];
  const extension = await mkdtemp(join(tmpdir(), 'dashly-leads-extension-'));
  try {
    await buildInto(extension);
    let code = 0;
    for (const host of hosts) code = (await runTestsIn(host, version, extension, values.grep)) || code;
    return code;
  } finally {
    await rm(extension, { recursive: true, force: true });
  }
}

/**
 * Makes private authorities that the extension host trusts: one is in what stands for the system's store of
 * certificates, another is added to Node's own.
 * @returns the environment variables that say so, and hand certificates of theirs to the tests
 */
async function trustPrivateAuthorities(folder: string): Promise<Record<string, string>> {
  const names = [relayHost, hiddenHost];
  const [system, extra] = [new Authority(), new Authority()];
  const files = { system: join(folder, 'system.pem'), extra: join(folder, 'extra.pem') };
  await writeFile(files.system, system.cert);
  await writeFile(files.extra, extra.cert);
  const certificates: Certificates = {
    system: system.issue(names),
    extra: extra.issue(names),
    selfSigned: selfSigned(names),
    systemAuthority: system.cert,
  };
  return {
    ...systemAuthorityVariables(files.system),
    NODE_EXTRA_CA_CERTS: files.extra,
    [certificatesVariable]: JSON.stringify(certificates),
  };
}

async function runTestsIn(
  host: HostKind,
  version: VscodeVersion,
  extension: string,
  grep: string | undefined,
): Promise<number> {
  if (host === 'worker')
    return withWorkerServices(async (services) =>
      runInPackagedVscode(host, version, extension, await bundleSuite(host, grep, services)),
    );
  const tests = await bundleSuite(host, grep);
  const environment = await trustPrivateAuthorities(extension);
  const executable = await desktopVscode(version).catch((error: unknown) => {
    console.log(`${(error as Error).message} Using the npm-packaged VS Code.`);
    return undefined;
  });
  if (executable !== undefined) return runInDesktop(executable, extension, tests, environment);
  return runInPackagedVscode(host, version, extension, tests, environment);
}

async function runInPackagedVscode(
  host: HostKind,
  version: VscodeVersion,
  extension: string,
  tests: string,
  environment?: Record<string, string>,
): Promise<number> {
  console.log(
    `Running the tests in the ${host === 'node' ? 'Node.js' : 'web worker'} extension host of VS Code ${await vscodeNumber(version)} from npm packages…`,
  );
  return runInExtensionHost({ host, version, extension, tests, timeLimit, ...(environment && { environment }) });
}

async function runInDesktop(
  vscodeExecutablePath: string,
  extensionDevelopmentPath: string,
  tests: string,
  extensionTestsEnv: Record<string, string>,
): Promise<number> {
  console.log('Running the tests in the extension host of desktop VS Code…');
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-'));
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath,
    extensionTestsPath: tests,
    extensionTestsEnv,
    launchArgs: [folder, '--user-data-dir', join(folder, '.data'), '--disable-extensions', '--disable-workspace-trust'],
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
