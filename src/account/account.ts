/** An app one has connected to; holds no token. */
export interface Account {
  /** Where the app's API is: a normalised address (see `parseAddress`), or `sampleAccount.address`. */
  readonly address: string;
  /** The app's id, or `$self_app`: the app the token belongs to (section 2 of the API document). */
  readonly app: string;
  /** What people call it. */
  readonly name: string;
}

/** Stands for "the app this token belongs to" (section 2 of the API document). */
export const ownApp = '$self_app';

/** The services with an address of their own. */
export const knownServices = [
  { title: 'Dashly', address: 'https://api.dashly.app' },
  { title: 'Carrot quest', address: 'https://api.carrotquest.io' },
] as const;

/** The built-in sample app; it needs no token and no network. */
export const sampleAccount: Account = { address: 'sample:', app: 'sample', name: 'Sample App' };

/** Tells one account from another: the same app id may exist at several addresses. Neither part can hold a space. */
export function accountKey(account: Pick<Account, 'address' | 'app'>): string {
  return `${account.address} ${account.app}`;
}

export function isSampleAccount(account: Account): boolean {
  return accountKey(account) === accountKey(sampleAccount);
}

/** The service behind an address as people know it: `Dashly`, or the host. */
export function serviceTitle(address: string): string {
  if (address === sampleAccount.address) return 'built in';
  return knownServices.find((service) => service.address === address)?.title ?? address.replace(/^https?:\/\//, '');
}

/** A name for an app nobody has named yet. */
export function defaultName(account: Pick<Account, 'address' | 'app'>): string {
  const service = serviceTitle(account.address);
  return account.app === ownApp ? service : `${service} ${account.app}`;
}
