import * as l10n from '@vscode/l10n';
import { ownApp, parseAddress } from '../dashly/address';
import { singleLine } from '../leads/text';

/** An app one has connected to; holds no token. */
export interface Account {
  /** Where the app's API is: a normalised address (see `parseAddress`), or `sampleAccount.address`. */
  readonly address: string;
  /** The app's id, or `$self_app`: the app the token belongs to (API.md, section 2). */
  readonly app: string;
  /** What people call it. */
  readonly name: string;
}

/** The services with an address of their own. */
export const knownServices = [
  { title: 'Dashly', address: 'https://api.dashly.app' },
  { title: 'Carrot quest', address: 'https://api.carrotquest.io' },
] as const;

/** The built-in sample app; it needs no token and no network. */
export const sampleAccount: Account = { address: 'sample:', app: 'sample', name: l10n.t('Sample App') };

/** Tells one account from another: the same app id may exist at several addresses. Neither part can hold a space. */
export function accountKey(account: Pick<Account, 'address' | 'app'>): string {
  return `${account.address} ${account.app}`;
}

export function isSampleAccount(account: Account): boolean {
  return accountKey(account) === accountKey(sampleAccount);
}

/** The service behind an address as people know it: `Dashly`, or the host. */
export function serviceTitle(address: string): string {
  if (address === sampleAccount.address) return l10n.t('built in');
  return knownServices.find((service) => service.address === address)?.title ?? address.replace(/^https?:\/\//, '');
}

/** An app's name as it is shown everywhere: one short line in which nothing is hidden. */
export function appName(text: string): string {
  return singleLine(text, 60);
}

/** A name for an app nobody has named yet. */
export function defaultName(account: Pick<Account, 'address' | 'app'>): string {
  const service = serviceTitle(account.address);
  return account.app === ownApp ? service : `${service} ${account.app}`;
}

/**
 * What is wrong with an app id, in a sentence; undefined when nothing is.
 * @param text what a person typed
 */
export function appIdProblem(text: string): string | undefined {
  const app = text.trim();
  if (app === '') return l10n.t('Type the app’s id, or $self_app for the app the token belongs to.');
  if (/["'`]/.test(app)) return l10n.t('Leave out the quotes.');
  if (!/^[\w$.-]+$/.test(app))
    return l10n.t(
      'An app’s id has only letters, digits and _ - . $; it stands in the admin panel under Settings → Developers.',
    );
  return undefined;
}

/**
 * What is wrong with a token, in a sentence; undefined when nothing is. A token's shape is documented nowhere, so only what
 * cannot stand in a header, and what is pasted along by mistake, is refused.
 * @param text what a person typed or pasted; blanks around it do not count
 */
export function tokenProblem(text: string): string | undefined {
  const token = text.trim();
  if (token === '') return l10n.t('Paste the app’s API token.');
  if (/^(authorization:|token|bearer)\s/i.test(token))
    return l10n.t('Paste only the token itself, without the word before it.');
  if (/^["'`]|["'`]$/.test(token)) return l10n.t('Leave out the quotes around the token.');
  if (/\s/.test(token)) return l10n.t('A token has no blanks or line breaks: was something else pasted along?');
  if (!/^[\x21-\x7e]+$/.test(token))
    return l10n.t('There is a character in it that no token has: was it copied whole, and from the admin panel?');
  return undefined;
}

/** The list of accounts as it is stored; there is no token in it. */
export interface AccountIndex {
  readonly accounts: readonly Account[];
  /** The `accountKey` of the account whose leads are shown; undefined when nobody is signed in. */
  readonly active?: string;
}

export const emptyIndex: AccountIndex = { accounts: [] };

/**
 * Reads a stored list. What is not an account in it is left out: an address is where a token is sent, so it is checked
 * again.
 */
export function parseIndex(text: string | undefined): AccountIndex {
  if (!text) return emptyIndex;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return emptyIndex;
  }
  if (!isObject(stored) || !Array.isArray(stored.accounts)) return emptyIndex;
  const accounts = stored.accounts
    .filter(isAccount)
    .map((account) => (isSampleAccount(account) ? sampleAccount : nameable(account)));
  const active = accounts.find((account) => accountKey(account) === stored.active);
  return { accounts, active: active && accountKey(active) };
}

/** The list with this account in it, in the place of the one with the same address and app; it becomes the active one. */
export function withAccount(index: AccountIndex, account: Account): AccountIndex {
  const active = accountKey(account);
  const place = index.accounts.findIndex((other) => accountKey(other) === active);
  const accounts = place < 0 ? [...index.accounts, account] : index.accounts.with(place, account);
  return { accounts, active };
}

/** The list with this account under another name; unchanged when it is no longer in it. */
export function withName(index: AccountIndex, account: Account, name: string): AccountIndex {
  const key = accountKey(account);
  return {
    ...index,
    accounts: index.accounts.map((other) => (accountKey(other) === key ? { ...other, name } : other)),
  };
}

/** The list with this account the active one; unchanged when it is no longer in it. */
export function withActive(index: AccountIndex, account: Account): AccountIndex {
  const active = accountKey(account);
  return index.accounts.some((other) => accountKey(other) === active) ? { ...index, active } : index;
}

/** The list without this account. When it was the active one none is: nobody asked to see another app's leads. */
export function withoutAccount(index: AccountIndex, account: Account): AccountIndex {
  const key = accountKey(account);
  return {
    accounts: index.accounts.filter((other) => accountKey(other) !== key),
    active: index.active === key ? undefined : index.active,
  };
}

/** What is stored of an account that people name; the sample app is called so in the language that is spoken now. */
function nameable({ address, app, name }: Account): Account {
  return { address, app, name: appName(name) };
}

function isAccount(value: unknown): value is Account {
  if (!isObject(value)) return false;
  const { address, app, name } = value;
  if (typeof address !== 'string' || typeof app !== 'string' || typeof name !== 'string') return false;
  const checked = parseAddress(address);
  return isSampleAccount({ address, app, name }) || ('address' in checked && checked.address === address);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
