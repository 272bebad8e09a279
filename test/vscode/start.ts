/**
 * `npm start`: VS Code in the browser with the extension under development and the sample app connected. Settings,
 * accounts and secrets are kept between runs, in `test/vscode/.cache`.
 *
 * `PORT` or `--port` chooses the port; `--vsix` installs the packaged extension in place of a folder under development;
 * `--vscode newest` takes the newest VS Code in place of the oldest supported one.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildInto } from './build';
import { startCodeServer } from './codeServer';
import { cacheFolder, vsixFile } from './folders';
import { freePort, isFree } from './freePort';
import { packageExtension } from './package';
import { endGroupsOnSignals } from './processGroup';
import { startSettings } from './sampleAppSettings';
import { toVersion, versionOption } from './versions';

/** DASH on a telephone's keys. */
const defaultPort = 3274;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, vsix: { type: 'boolean' }, ...versionOption } });
  const version = toVersion(values.vscode);
  const port = await choosePort(values.port ?? process.env.PORT);
  endGroupsOnSignals();
  // A second `npm start` beside the first has another port, and then a home of its own.
  const names = ['home', version === 'oldest' ? [] : version, port === defaultPort ? [] : port];
  const home = join(cacheFolder, names.flat().join('-'));
  const workspace = join(home, 'workspace');
  await mkdir(workspace, { recursive: true });
  const extension = values.vsix ? { vsix: vsixFile } : { development: join(home, 'dashly-leads') };
  if ('vsix' in extension) {
    await packageExtension();
  } else {
    console.log('Building the extension…');
    await buildInto(extension.development);
  }
  const server = await startCodeServer({
    home,
    port,
    version,
    extension,
    settings: startSettings,
  });
  console.log('\nVS Code runs with Dashly Leads and its sample app. Open this address in a browser:\n');
  console.log(`  ${server.address}/?folder=${encodeURI(workspace)}\n`);
  console.log('Then click the Dashly Leads icon in the activity bar. Ctrl+C ends it.');
  await server.ended;
  throw new Error(`The VS Code server has ended by itself:\n${server.output}`);
}

async function choosePort(wanted: string | undefined): Promise<number> {
  const port = wanted === undefined ? defaultPort : Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`"${wanted ?? ''}" is not a port: 1 to 65535.`);
  if (await isFree(port)) return port;
  const other = await freePort();
  console.log(`Port ${port} is taken; using ${other}.`);
  return other;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
