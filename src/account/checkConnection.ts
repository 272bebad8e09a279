import * as l10n from '@vscode/l10n';
import type { DashlyClient } from '../dashly/client';
import { DashlyError, type DashlyErrorKind, HumanError } from '../dashly/errors';
import { connectionError } from '../dashly/http';
import { runsInNode } from '../dashly/platform';
import { plural } from '../language';
import { knownServices } from './account';
import type { Route } from './networkSettings';

/** What is looked at, in the order in which a request needs it, and what people read. */
export const steps = {
  address: l10n.t('Address'),
  name: l10n.t('Name resolved'),
  connection: l10n.t('Connected'),
  tls: 'TLS',
  http: 'HTTP',
  token: l10n.t('Token accepted'),
  leads: l10n.t('Leads counted'),
  online: l10n.t('Online visitors allowed'),
} as const;

export type StepName = keyof typeof steps;

const order = Object.keys(steps) as readonly StepName[];

/** What became of a step. `failed` stands in the way of the next one, `warning` does not; `skipped` says why in `found`. */
export interface Step {
  readonly name: StepName;
  readonly outcome: 'good' | 'warning' | 'failed' | 'skipped';
  /** A few words; nothing that the service said. */
  readonly found: string;
  /** How long it took. */
  readonly milliseconds?: number;
  /** Sentences: what to do about it. */
  readonly advice?: string;
}

/** What is checked, and by what means. */
export interface Checked {
  readonly address: string;
  readonly isSample: boolean;
  readonly client: Pick<DashlyClient, 'countLeads' | 'listActiveUsers'>;
  /** Which way requests take. */
  readonly route: Route;
  /** For an answer to the request that carries no token, in ms. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** The IP addresses of a name; the system's resolver when left out. Rejects with Node's error codes. */
  readonly lookUp?: (host: string) => Promise<readonly string[]>;
  /** Called before each step. */
  readonly onStep?: (title: string) => void;
}

const routeWords: Readonly<Record<Route, string>> = {
  direct: l10n.t('directly'),
  setting: l10n.t('through the proxy of the setting http.proxy'),
  environment: l10n.t('through the proxy of the environment variables'),
  system: l10n.t('directly or through a proxy, as the system says'),
  browser: l10n.t('by the browser'),
};

const adBlocker = l10n.t(
  'Lists for ad blockers contain the addresses of this service: allow its host in whatever filters names or requests here (a DNS server such as Pi-hole, AdGuard or NextDNS, a VPN, a firewall, a proxy).',
);

/** Reload: VS Code 1.105 keeps the first proxy that it was told of. */
const putPassword = l10n.t('Put the proxy with name and password into the setting http.proxy, then reload the window.');

/** At which step each kind of failure stands, and what to do besides what its sentence says (API.md, section 3). */
const failures: Readonly<Record<DashlyErrorKind, readonly [StepName, advice?: string]>> = {
  dns: ['name', adBlocker],
  connectionRefused: ['connection', adBlocker],
  reset: ['connection', adBlocker],
  network: ['connection', `${l10n.t('A proxy that asks for a sign-in looks like this too.')} ${putPassword}`],
  browser: ['connection'],
  timeout: ['connection'],
  proxyAuthentication: ['connection', putPassword],
  tls: [
    'tls',
    l10n.t(
      'When a proxy or the service has a certificate of a private authority, that authority belongs in the system’s store of certificates, with the setting http.systemCertificates on; or, with that setting off, in the file that NODE_EXTRA_CA_CERTS names when VS Code starts.',
    ),
  ],
  redirect: ['http'],
  html: ['http'],
  notJson: ['http'],
  truncated: ['http'],
  tooLarge: ['http'],
  shape: ['http'],
  wrongPath: ['http'],
  methodNotAllowed: ['http'],
  unexpectedStatus: ['http'],
  serverError: ['http'],
  unavailable: ['http'],
  tooManyRequests: ['http'],
  notAuthenticated: ['token', l10n.t('Replace Token… takes the new one.')],
  forbidden: ['leads'],
  validation: ['leads'],
  badRequest: ['leads'],
  notFound: ['leads'],
  cancelled: ['http'],
};

/**
 * Looks step by step whether the app's leads can be read. The first request goes without the token.
 * @returns a step for each name of `steps`; none after the one that failed
 * @throws DashlyError of the kind `cancelled`, and what is unexpected
 */
export async function checkConnection(checked: Checked): Promise<readonly Step[]> {
  const taken: Step[] = [];
  for (const step of [address, nameResolved, connected, counted, online]) {
    if (taken.some(({ outcome }) => outcome === 'failed')) break;
    taken.push(...(await step(checked)));
    if (checked.signal.aborted) throw new DashlyError('cancelled');
  }
  return taken;
}

function address({ address, isSample }: Checked): Step[] {
  if (isSample) return [good('address', l10n.t('the built-in sample app, which needs no network and no token'))];
  const service = knownServices.find((one) => one.address === address);
  if (service) return [good('address', `${service.title}, ${service.address}`)];
  // Plain http is allowed on this machine only (`parseAddress`).
  return [
    good('address', address.startsWith('https:') ? l10n.t('another address, https') : l10n.t('this machine, http')),
  ];
}

async function nameResolved(checked: Checked): Promise<Step[]> {
  if (checked.isSample) return [skipped('name', l10n.t('no network is needed'))];
  const host = new URL(checked.address).hostname.replace(/^\[|\]$/g, '');
  if (isIpAddress(host)) return [skipped('name', l10n.t('the address has no name'))];
  if (/(^|\.)localhost$/.test(host)) return [skipped('name', l10n.t('the name is that of this machine'))];
  if (checked.route === 'setting' || checked.route === 'environment')
    return [skipped('name', l10n.t('the proxy resolves it'))];
  checked.onStep?.(steps.name);
  const timed = stopwatch();
  let found: readonly string[];
  try {
    found = await (checked.lookUp ?? lookUp)(host);
  } catch (error) {
    if (error instanceof HumanError) return [skipped('name', error.message)];
    return [afterProxy(checked, { ...failed('name', connectionError(error, 'name'), timed()), name: 'name' })];
  }
  // How a filtering DNS refuses: an address that leads nowhere, or to the machine itself.
  if (!found.every(leadsNowhere))
    return [
      { ...good('name', plural(found.length, l10n.t('{0} IP address|{0} IP addresses'))), milliseconds: timed() },
    ];
  const nowhere = {
    name: 'name',
    outcome: 'failed',
    found: l10n.t('only IP addresses that lead nowhere'),
    milliseconds: timed(),
  } as const;
  return [afterProxy(checked, { ...nowhere, advice: adBlocker })];
}

/** This machine need not know the name where the system may have a proxy. */
function afterProxy({ route }: Checked, step: Step): Step {
  if (route === 'direct') return step;
  return { ...step, outcome: 'warning', found: l10n.t('{0}; a proxy may know the name', step.found) };
}

/** Connecting and TLS, by a request without the token: VS Code does both in one and tells no times of the parts. */
async function connected({ address, isSample, route, timeout, signal, onStep }: Checked): Promise<Step[]> {
  if (isSample)
    return (['connection', 'tls', 'http'] as const).map((name) => skipped(name, l10n.t('no network is needed')));
  onStep?.(steps.connection);
  const timed = stopwatch();
  const late = AbortSignal.timeout(timeout);
  const ended = AbortSignal.any([signal, late]);
  try {
    // A browser lets through, though not read, what was not permitted: so the service is told apart from the way to it.
    await fetch(address, {
      method: 'HEAD',
      signal: ended,
      ...(runsInNode() ? { redirect: 'manual' } : { mode: 'no-cors' }),
    });
  } catch (error) {
    if (signal.aborted) return [];
    const reason = late.aborted ? new DashlyError('timeout') : connectionError(error, 'HEAD /');
    const step = failed('connection', reason, timed());
    if (step.name === 'tls') return [good('connection', routeWords[route]), step];
    return [{ ...step, found: `${step.found}, ${routeWords[route]}` }];
  }
  const milliseconds = timed();
  const secure = address.startsWith('https:');
  const timedParts = secure ? l10n.t('with TLS and a first answer') : l10n.t('with a first answer');
  return [
    { ...good('connection', `${routeWords[route]}; ${timedParts}`), milliseconds },
    secure ? good('tls', l10n.t('the certificate is trusted')) : skipped('tls', l10n.t('plain http')),
  ];
}

async function counted({ client, isSample, signal, onStep }: Checked): Promise<Step[]> {
  onStep?.(steps.leads);
  const timed = stopwatch();
  try {
    const leads = {
      ...good('leads', plural(await client.countLeads(undefined, signal), l10n.t('{0} lead|{0} leads'))),
      milliseconds: timed(),
    };
    return isSample
      ? [skipped('token', l10n.t('none is needed')), leads]
      : [good('http', l10n.t('status {0}', 200)), good('token', l10n.t('yes')), leads];
  } catch (error) {
    const step = failed('http', error, timed());
    const status =
      error instanceof DashlyError && error.status !== undefined
        ? l10n.t('status {0}', error.status)
        : l10n.t('answered');
    if (step.name === 'token') return [good('http', status), step];
    return step.name === 'leads' ? [good('http', status), good('token', l10n.t('yes')), step] : [step];
  }
}

/** Old tokens need a scope of their own for it (API.md, section 7): what fails here says nothing about the leads. */
async function online({ client, isSample, signal, onStep }: Checked): Promise<Step[]> {
  if (isSample) return [skipped('online', l10n.t('the sample app is not asked'))];
  onStep?.(steps.online);
  const timed = stopwatch();
  try {
    await client.listActiveUsers({ limit: 1 }, signal);
    return [{ ...good('online', l10n.t('yes')), milliseconds: timed() }];
  } catch (error) {
    const { found } = failed('online', error, timed());
    const advice = l10n.t(
      'The list of leads does not need it. A token with all rights can be made in the admin panel.',
    );
    return [{ name: 'online', outcome: 'warning', found, milliseconds: timed(), advice }];
  }
}

function good(name: StepName, found: string): Step {
  return { name, outcome: 'good', found };
}

function skipped(name: StepName, found: string): Step {
  return { name, outcome: 'skipped', found };
}

/** @param earliest the steps before it were good: where the failure stands unless its kind belongs to a later one */
function failed(earliest: StepName, error: unknown, milliseconds: number): Step {
  if (!(error instanceof DashlyError)) throw error;
  const { kind, status } = error;
  const [itsOwn, advice] = failures[kind];
  // The sentence of the kind alone: the error's own may hold what the service said.
  const sentence = new DashlyError(kind).message;
  return {
    name: order.indexOf(itsOwn) > order.indexOf(earliest) ? itsOwn : earliest,
    outcome: 'failed',
    found: status === undefined ? kind : l10n.t('{0}, status {1}', kind, status),
    milliseconds,
    advice: advice === undefined ? sentence : `${sentence} ${advice}`,
  };
}

/** @returns a function that gives the whole ms since now */
function stopwatch(): () => number {
  const start = performance.now();
  return () => Math.round(performance.now() - start);
}

function isIpAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}

function leadsNowhere(ip: string): boolean {
  return /^(0\.|127\.|::1?$|::ffff:(0|127)\.)/.test(ip);
}

async function lookUp(host: string): Promise<readonly string[]> {
  const dns = await import('node:dns/promises').catch(() => undefined);
  if (!dns) throw new HumanError(l10n.t('this window has no resolver of its own'));
  return (await dns.lookup(host, { all: true })).map(({ address }) => address);
}
