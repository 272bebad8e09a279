import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { Authority } from '../service/certificates';
import { type Relay, startRelay } from '../service/relay';
import { serveSampleApi } from '../service/server';
import { TestApi } from '../service/testApi';
import { TestApp } from '../service/testApp';
import { runInExtensionHost } from '../vscode/extensionHost';
import { vscodeNumber } from '../vscode/prepare';
import { systemAuthorityVariables } from '../vscode/systemAuthority';
import type { VscodeVersion } from '../vscode/versions';
import { makeEmptyExtension } from './bareExtensions';
import type { Measured, NetworkTask, Place, Way } from './probes/networkProbe';
import { type BenchResult, median } from './result';

/** Not 127.0.0.1, which is special to VS Code. */
const relayHost = '127.0.0.2';
/** A name that only a proxy knows. */
const hiddenHost = 'api.leads.test';
/** Of one direction, in ms: the round trip is 50. */
const delay = 25;
const mostTimes = 1.15;

/**
 * Reading with VS Code's default settings, over https with a private authority and 50 ms of round trip and over http
 * without, in both ages of VS Code.
 */
export default async function host(): Promise<BenchResult[]> {
  const rows: BenchResult[] = [];
  for (const version of ['oldest', 'newest'] as const) rows.push(...(await inHost(version)));
  return rows;
}

async function inHost(version: VscodeVersion): Promise<BenchResult[]> {
  const where = `extension host of VS Code ${await vscodeNumber(version)}`;
  const authority = new Authority();
  const api = new TestApi(new TestApp({ leads: 12_345 }));
  const secure = await serveSampleApi(api, { certificate: authority.issue([relayHost, hiddenHost]) });
  const plain = await serveSampleApi(api);
  // Each way of reading has a relay of its own, so that it uses no connection of the other.
  const relays = new Map<string, Relay>();
  const place = async (title: string, to: typeof secure, oneWay: number, scheme: string, host: string) => {
    const relay = async (way: string): Promise<string> => {
      const started = await startRelay(to, oneWay, host);
      relays.set(`${title} ${way}`, started);
      return `${scheme}://${host}:${started.port}`;
    };
    return { title, ours: await relay('ours'), bare: await relay('bare') };
  };
  const places: readonly Place[] = [
    await place('https, 50 ms of round trip', secure, delay, 'https', relayHost),
    await place('http on this machine', plain, 0, 'http', '127.0.0.1'),
  ];
  const measured = await probe(version, {
    authority: authority.cert,
    token: api.token,
    places,
    behindProxy: { address: `https://${hiddenHost}`, service: secure.address },
  }).finally(async () => {
    for (const one of [...relays.values(), secure, plain]) await one.close();
  });
  const row = (name: string, value: number, unit: string, most: number): BenchResult => ({
    name,
    host: where,
    value,
    unit,
    goal: `≤ ${most}`,
    met: value <= most,
  });
  const connections = (title: string, way: 'ours' | 'bare'): number =>
    relays.get(`${title} ${way}`)?.connections ?? NaN;
  return [
    ...places.flatMap(({ title }) => {
      const times = (way: Way): number[] =>
        measured.times.filter((time) => time.place === title && time.way === way).map((time) => time.milliseconds);
      const against = (way: Way): number => median(times(way).map((time, turn) => time / (times('bare')[turn] ?? NaN)));
      const seconds = (way: Way): string => `${(median(times(way)) / 1000).toFixed(2)} s`;
      console.log(
        `  ${where}, ${title}: 200 pages by fetch ${seconds('bare')} (${connections(title, 'bare')} connections), by the client ${seconds('client')}, Load All ${seconds('loadAll')}`,
      );
      return [
        row(`200 pages by the client against bare fetch, 4 at a time: ${title}`, against('client'), 'times', mostTimes),
        row(
          `Load All of 10,000 leads against bare fetch of 200 pages: ${title}`,
          against('loadAll'),
          'times',
          mostTimes,
        ),
        row(`Connections of both for ${measured.requests} requests: ${title}`, connections(title, 'ours'), '', 4),
      ];
    }),
    row('CONNECTs through a forward proxy for 8 requests, one after another', measured.tunnels.oneByOne, '', 2),
    row('CONNECTs through a forward proxy for 200 requests more, 4 at a time', measured.tunnels.atOnce, '', 4),
  ];
}

/** Runs the probe. @throws Error when it failed */
async function probe(version: VscodeVersion, task: NetworkTask): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-bench-'));
  try {
    const authorityFile = join(folder, 'authority.pem');
    await writeFile(authorityFile, task.authority);
    const tests = join(folder, 'networkProbe.js');
    await esbuild.build({
      entryPoints: [join(__dirname, 'probes/networkProbe.ts')],
      bundle: true,
      // The browser build of axios, as in the extension.
      platform: 'browser',
      external: ['vscode', 'node:*'],
      format: 'cjs',
      outfile: tests,
      define: { TASK: JSON.stringify(task) },
    });
    let found: Measured | undefined;
    const code = await runInExtensionHost({
      host: 'node',
      version,
      extension: await makeEmptyExtension(),
      tests,
      timeLimit: 180_000,
      environment: systemAuthorityVariables(authorityFile),
      onLine: (line) => (found = JSON.parse(line) as Measured),
    });
    if (code !== 0 || !found) throw new Error('The leads could not be read in the extension host.');
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}
