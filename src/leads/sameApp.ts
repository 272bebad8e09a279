import type { Connection } from './currentLeads';

/**
 * Whether two connections are of the same app, so that what was read by one may stand beside what the other reads. Where an
 * app is known as the one that the token belongs to, another token is another app unless both say that it is the same.
 * @returns false too where one of them is none
 */
export function isSameApp(one: Connection | undefined, other: Connection | undefined): boolean {
  if (!one || one.key !== other?.key) return false;
  if (one.client === other.client) return true;
  const { appId } = one.client;
  return appId !== undefined && appId === other.client.appId;
}
