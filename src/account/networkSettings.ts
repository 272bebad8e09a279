import * as l10n from '@vscode/l10n';
import { loopbackHosts } from '../dashly/address';

/*
 * What VS Code's settings and the environment say of the way to a service. The rules are those of VS Code's own resolver
 * (microsoft/vscode-proxy-agent, `createProxyResolver`), which tells an extension nothing of what it decided.
 */

/** What steers requests besides the address of the service. */
export interface NetworkSettings {
  /** `http.proxySupport`, `http.proxy`, `http.noProxy` as they stand in the settings. */
  readonly proxySupport: unknown;
  readonly proxy: unknown;
  readonly noProxy: unknown;
  readonly environment: Environment;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the proxy comes from; `system` may mean none, `browser` that VS Code runs in one and is not asked. */
export type Route = 'direct' | 'setting' | 'environment' | 'system' | 'browser';

/**
 * Which way VS Code takes to a service.
 * @param address of the service
 */
export function routeTo(address: string, { proxySupport, proxy, noProxy, environment }: NetworkSettings): Route {
  const { hostname, port, protocol } = new URL(address);
  if (proxySupport === 'off' || loopbackHosts.has(hostname)) return 'direct';
  const variable = (name: string): string =>
    [environment[name.toLowerCase()], environment[name]].find((value) => value) ?? '';
  // The variable counts only where the setting has no entry.
  const listed = Array.isArray(noProxy) ? noProxy.map(String) : [];
  const excepted = listed.length > 0 ? listed : variable('NO_PROXY').split(',');
  const ports = { 'https:': '443', 'http:': '80' } as const;
  if (isExcepted(hostname, port || ports[protocol as keyof typeof ports], excepted)) return 'direct';
  if (isProxy(proxy)) return 'setting';
  if (isProxy(variable('HTTPS_PROXY') || variable('HTTP_PROXY'))) return 'environment';
  return 'system';
}

function isProxy(address: unknown): boolean {
  return typeof address === 'string' && /^\s*(https?|socks[45]?|socks4a|socks5h):\/\//i.test(address);
}

/** @param exceptions hosts, with all below them, with or without a port; `*` is every host */
function isExcepted(host: string, port: string, exceptions: readonly string[]): boolean {
  return exceptions.some((exception) => {
    const [name = '', itsPort] = exception.trim().toLowerCase().split(':');
    if (name === '') return false;
    if (name === '*') return true;
    return `.${host}`.endsWith(name.startsWith('.') ? name : `.${name}`) && (!itsPort || port === itsPort);
  });
}

/**
 * The address of a proxy without what is private in it: scheme and port, and whether a name and password stand in it.
 * @param value of the setting `http.proxy`
 */
export function describeProxy(value: unknown): string {
  if (typeof value !== 'string' || value === '') return l10n.t('not set');
  try {
    const { protocol, port, username, password } = new URL(value);
    const itsPort = port === '' ? l10n.t('port of the scheme') : l10n.t('port {0}', port);
    const signIn = username + password === '' ? l10n.t('without name and password') : l10n.t('with name and password');
    return l10n.t('set ({0}, {1}, {2})', protocol.replace(':', ''), itsPort, signIn);
  } catch {
    return l10n.t('set, but not an address');
  }
}

const networkVariables = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_TLS_REJECT_UNAUTHORIZED',
];

/** The names of the environment variables that are set and steer the network; never their values. */
export function networkVariablesIn(environment: Environment): readonly string[] {
  return Object.keys(environment).filter(
    (name) => networkVariables.includes(name.toUpperCase()) && environment[name] !== '',
  );
}
