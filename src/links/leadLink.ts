import * as l10n from '@vscode/l10n';

/** An app that is connected, as far as a link tells it from others. */
export interface LinkedApp {
  /** Tells one connected app from another. */
  readonly key: string;
  readonly name: string;
  /** Where the app's API is. */
  readonly address: string;
  /** The app's id, or `$self_app`. */
  readonly app: string;
}

/** What a link asks for, or why nothing is done, in a sentence. */
export type ReadLink<App> = { readonly app: App; readonly id: string } | { readonly problem: string };

/** Ids of leads are numbers of 64 bits (API.md, section 3). */
const leadPath = /^\/lead\/([0-9]{1,20})$/;

/** An app's id holds no `&`; an address, which may, stands last. */
const leadQuery = /^app=([^&]*)(?:&address=(.*))?$/;

const problems = {
  other: l10n.t('This link opens no lead. Copy it anew, by Copy Link to Lead.'),
  noApp: l10n.t('The link does not say of which app the lead is. Copy it anew, by Copy Link to Lead.'),
  notConnected: l10n.t(
    'The link is one of an app that is not connected here. Connect that app, then open the link again.',
  ),
  several: l10n.t(
    'The app of this link is connected at several addresses, and the link does not say at which. Copy it anew.',
  ),
} as const;

/**
 * A link that opens a lead's card.
 * @param scheme of the VS Code that opens it, such as `vscode` @param extensionId the publisher and the name
 */
export function leadLink(scheme: string, extensionId: string, app: LinkedApp, id: string): string {
  const query = `app=${encodeURIComponent(app.app)}&address=${encodeURIComponent(app.address)}`;
  return `${scheme}://${extensionId}/lead/${id}?${query}`;
}

/**
 * Reads a link. Links come from anywhere, web pages included: what is not exactly as `leadLink` makes it is refused, but
 * that the address may be left out.
 * @param link its path, and its query with what was percent-encoded decoded, as VS Code hands them over
 * @param apps those that are connected
 */
export function readLeadLink<App extends LinkedApp>(
  link: { readonly path: string; readonly query: string; readonly fragment?: string },
  apps: readonly App[],
): ReadLink<App> {
  const id = leadPath.exec(link.path)?.[1];
  const query = leadQuery.exec(link.query);
  if (id === undefined || link.fragment || (!query && link.query !== '')) return { problem: problems.other };
  const [, wanted, address] = query ?? [];
  if (!wanted) return { problem: problems.noApp };
  const found = apps.filter((one) => one.app === wanted && (address === undefined || one.address === address));
  const [app, ...others] = found;
  if (!app) return { problem: problems.notConnected };
  return others.length > 0 ? { problem: problems.several } : { app, id };
}
