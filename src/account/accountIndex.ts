import { accountKey, isSampleAccount, type Account } from './account';
import { parseAddress } from './address';

/** The list of accounts as it is stored; there is no token in it. */
export interface AccountIndex {
  readonly accounts: readonly Account[];
  /** The `accountKey` of the account whose leads are shown; undefined when nobody is signed in. */
  readonly active?: string;
}

export const emptyIndex: AccountIndex = { accounts: [] };

/** Reads a stored list. What is not an account in it is left out: an address is where a token is sent, so it is checked again. */
export function parseIndex(text: string | undefined): AccountIndex {
  if (!text) return emptyIndex;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return emptyIndex;
  }
  if (!isObject(stored) || !Array.isArray(stored.accounts)) return emptyIndex;
  const accounts = stored.accounts.filter(isAccount).map(({ address, app, name }) => ({ address, app, name }));
  const active = accounts.find((account) => accountKey(account) === stored.active);
  return { accounts, active: active && accountKey(active) };
}

/** The list with this account in it, in the place of the one with the same address and app; it becomes the active one. */
export function withAccount(index: AccountIndex, account: Account, active = accountKey(account)): AccountIndex {
  const key = accountKey(account);
  const place = index.accounts.findIndex((other) => accountKey(other) === key);
  const accounts = place < 0 ? [...index.accounts, account] : index.accounts.with(place, account);
  return { accounts, active };
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
