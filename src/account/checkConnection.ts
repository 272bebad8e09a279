import type { DashlyClient } from '../dashly/client';
import { DashlyError, type DashlyErrorKind, HumanError } from '../dashly/errors';
import { connectionError } from '../dashly/http';
import { plural } from '../leads/text';
import { knownServices } from './account';

/** What is looked at, in the order in which a request needs it. */
const steps = {
  address: 'Address',
  name: 'Name resolved',
  connection: 'Connected',
  tls: 'TLS',
  http: 'HTTP',
  token: 'Token accepted',
  leads: 'Leads counted',
  online: 'Online visitors allowed',
} as const;

type StepName = keyof typeof steps;

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
  readonly client: Pick<DashlyClient, 'countLeads' | 'checkActiveUsers'>;
  /** Whether requests may go through a proxy: that one resolves the name then. */
  readonly mayUseProxy: boolean;
  /** For an answer to the request that carries no token, in ms. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** The IP addresses of a name; the system's resolver when left out. Rejects with Node's error codes. */
  readonly lookUp?: (host: string) => Promise<readonly string[]>;
  /** Called before each step. */
  readonly onStep?: (title: string) => void;
}

const adBlocker =
  'Lists for ad blockers contain the addresses of this service: allow its host in whatever filters names or requests here (a DNS server such as Pi-hole, AdGuard or NextDNS, a VPN, a firewall, a proxy).';

/** At which step each kind of failure stands, and what to do besides what its sentence says (API.md, section 3). */
const failures: Readonly<Record<DashlyErrorKind, readonly [StepName, advice?: string]>> = {
  dns: ['name', adBlocker],
  connectionRefused: ['connection', adBlocker],
  reset: ['connection', adBlocker],
  network: [
    'connection',
    'A proxy that asks for a sign-in looks like this too: put it with name and password into the setting http.proxy.',
  ],
  timeout: ['connection'],
  proxyAuthentication: ['connection', 'Put the proxy with name and password into the setting http.proxy.'],
  tls: [
    'tls',
    'When a proxy or the service has a certificate of a private authority, that authority belongs into the system’s store of certificates (setting http.systemCertificates), or into the file that NODE_EXTRA_CA_CERTS names when VS Code starts.',
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
  notAuthenticated: ['token', 'Replace Token… takes the new one.'],
  forbidden: ['leads'],
  validation: ['leads'],
  badRequest: ['leads'],
  notFound: ['leads'],
  cancelled: ['http'],
};

/**
 * Looks step by step whether the app's leads can be read. The first request goes without the token.
 * @returns a step for each name of `steps`; none after the one that failed
 * @throws DashlyError of the kind `cancelled`
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
  if (isSample) return [good('address', 'the built-in sample app, which needs no network and no token')];
  const service = knownServices.find((one) => one.address === address);
  if (service) return [good('address', `${service.title}, ${service.address}`)];
  // Plain http is allowed on this machine only (`parseAddress`).
  return [good('address', address.startsWith('https:') ? 'another address, https' : 'this machine, http')];
}

async function nameResolved(checked: Checked): Promise<Step[]> {
  if (checked.isSample) return [skipped('name', 'no network is needed')];
  const host = new URL(checked.address).hostname.replace(/^\[|\]$/g, '');
  if (isIpAddress(host)) return [skipped('name', 'the address has no name')];
  if (/(^|\.)localhost$/.test(host)) return [skipped('name', 'the name is that of this machine')];
  checked.onStep?.(steps.name);
  const timed = stopwatch();
  let found: readonly string[];
  try {
    found = await (checked.lookUp ?? lookUp)(host);
  } catch (error) {
    if (error instanceof HumanError) return [skipped('name', error.message)];
    return [afterProxy(checked, failed('name', connectionError(error, 'name'), timed()))];
  }
  // How a filtering DNS refuses: an address that leads nowhere, or to the machine itself.
  if (!found.every(leadsNowhere))
    return [{ ...good('name', plural(found.length, 'IP address', 'IP addresses')), milliseconds: timed() }];
  const nowhere = {
    name: 'name',
    outcome: 'failed',
    found: 'only IP addresses that lead nowhere',
    milliseconds: timed(),
  } as const;
  return [afterProxy(checked, { ...nowhere, advice: adBlocker })];
}

/** Behind a proxy this machine need not know the name. */
function afterProxy({ mayUseProxy }: Checked, step: Step): Step {
  return mayUseProxy ? { ...step, outcome: 'warning', found: `${step.found}; a proxy may know the name` } : step;
}

/** Connecting and TLS, by a request without the token: VS Code does both in one and tells no times of the parts. */
async function connected({ address, isSample, timeout, signal, onStep }: Checked): Promise<Step[]> {
  if (isSample) return (['connection', 'tls', 'http'] as const).map((name) => skipped(name, 'no network is needed'));
  onStep?.(steps.connection);
  const timed = stopwatch();
  const late = AbortSignal.timeout(timeout);
  const ended = AbortSignal.any([signal, late]);
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: ended });
  } catch (error) {
    if (signal.aborted) return [];
    const reason = late.aborted ? new DashlyError('timeout') : connectionError(error, 'HEAD /');
    const step = failed('connection', reason, timed());
    return step.name === 'tls' ? [good('connection', 'yes'), step] : [step];
  }
  const milliseconds = timed();
  const tls = address.startsWith('https:') ? good('tls', 'the certificate is trusted') : skipped('tls', 'plain http');
  return [{ ...good('connection', 'with TLS and a first answer'), milliseconds }, tls];
}

async function counted({ client, isSample, signal, onStep }: Checked): Promise<Step[]> {
  onStep?.(steps.leads);
  const timed = stopwatch();
  try {
    const leads = {
      ...good('leads', plural(await client.countLeads(undefined, signal), 'lead')),
      milliseconds: timed(),
    };
    return isSample
      ? [skipped('token', 'none is needed'), leads]
      : [good('http', 'status 200'), good('token', 'yes'), leads];
  } catch (error) {
    const step = failed('http', error, timed());
    const status = error instanceof DashlyError && error.status !== undefined ? `status ${error.status}` : 'answered';
    if (step.name === 'token') return [good('http', status), step];
    return step.name === 'leads' ? [good('http', status), good('token', 'yes'), step] : [step];
  }
}

/** Old tokens need a scope of their own for it (API.md, section 7): what fails here says nothing about the leads. */
async function online({ client, isSample, signal, onStep }: Checked): Promise<Step[]> {
  if (isSample) return [skipped('online', 'the sample app is not asked')];
  onStep?.(steps.online);
  const timed = stopwatch();
  try {
    await client.checkActiveUsers(signal);
    return [{ ...good('online', 'yes'), milliseconds: timed() }];
  } catch (error) {
    const { found } = failed('online', error, timed());
    const advice = 'The list of leads does not need it. A token with all rights can be made in the admin panel.';
    return [{ name: 'online', outcome: 'warning', found, milliseconds: timed(), advice }];
  }
}

function good(name: StepName, found: string): Step {
  return { name, outcome: 'good', found };
}

function skipped(name: StepName, found: string): Step {
  return { name, outcome: 'skipped', found };
}

/** @param expected the step at which an unexpected error stands */
function failed(expected: StepName, error: unknown, milliseconds: number): Step {
  if (!(error instanceof DashlyError)) {
    return {
      name: expected,
      outcome: 'failed',
      found: 'something unexpected',
      milliseconds,
      advice: 'The log says more.',
    };
  }
  const { kind, status } = error;
  const [name, advice] = failures[kind];
  // The sentence of the kind alone: the error's own may hold what the service said.
  const sentence = new DashlyError(kind).message;
  const found = status === undefined ? kind : `${kind}, status ${status}`;
  return {
    name,
    outcome: 'failed',
    found,
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
  if (!dns) throw new HumanError('this window has no resolver of its own');
  return (await dns.lookup(host, { all: true })).map(({ address }) => address);
}

/** Where the check ran, as lines of name and value. Values hold no secret. */
export type Surroundings = Readonly<Record<string, string>>;

const marks: Readonly<Record<Step['outcome'], string>> = {
  good: 'ok',
  warning: 'warning',
  failed: 'FAILED',
  skipped: '-',
};

/** The report as a person reads it and may put into a bug report: no token, no app, no host that is not a known service's. */
export function reportText(taken: readonly Step[], surroundings: Surroundings): string {
  const width = Math.max(...Object.values(steps).map((title) => title.length)) + 2;
  const names = Object.keys(steps) as StepName[];
  const lines = names.flatMap((name) => {
    const step = taken.find((one) => one.name === name);
    if (!step) return [`${steps[name].padEnd(width)}${'-'.padEnd(9)}not reached`];
    const time = step.milliseconds === undefined ? '' : ` (${step.milliseconds} ms)`;
    const line = `${steps[name].padEnd(width)}${marks[step.outcome].padEnd(9)}${step.found}${time}`;
    return step.advice === undefined ? [line] : [line, `${' '.repeat(width)}${' '.repeat(9)}→ ${step.advice}`];
  });
  const around = Object.entries(surroundings).map(([name, value]) => `${name}: ${value}`);
  return [
    'Dashly Leads: Check Connection',
    'This text holds no token, no name of an app, no address of your own and no contacts: it can go into a bug report.',
    '',
    ...lines,
    '',
    ...around,
    '',
  ].join('\n');
}

/**
 * The address of a proxy without what is private in it: scheme and port, and whether a name and password stand in it.
 * @param value of the setting `http.proxy`
 */
export function describeProxy(value: unknown): string {
  if (typeof value !== 'string' || value === '') return 'not set';
  try {
    const { protocol, port, username } = new URL(value);
    const signIn = username === '' ? 'without name and password' : 'with name and password';
    return `set (${protocol.replace(':', '')}, port ${port === '' ? 'of the scheme' : port}, ${signIn})`;
  } catch {
    return 'set, but not an address';
  }
}

const networkVariables = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
];

/** The names of the environment variables that are set and steer the network; never their values. */
export function networkVariablesIn(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(environment).filter(
    (name) => networkVariables.includes(name.toUpperCase()) && environment[name] !== '',
  );
}
