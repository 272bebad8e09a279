import * as l10n from '@vscode/l10n';
import { percentEncoded } from '../dashly/address';

/** What stands behind the placeholders of a template. */
export interface PanelValues {
  /** The app's own id; undefined where it is not known. */
  readonly app: string | undefined;
  /** Of the lead, or of the conversation. */
  readonly id: string;
}

/** An address that can be opened, or what is wrong, in a sentence. */
export type PanelAddress = { readonly address: string } | { readonly problem: string };

/** The host is the template's own, without a name and a password before it: no placeholder says where one gets to. */
const start = /^https:\/\/[^/\\?#@{}\s]+\//i;

/** Where the admin panel of a service shows a conversation, by the address of its API: only what was seen (API.md, section 7). */
const knownConversations = new Map([
  ['https://api.carrotquest.io', 'https://carrotquest.io/panel/{app}/conversations/{id}'],
]);

/** The template for conversations of a service; undefined where it is not known. @param address of the service's API */
export function knownConversationTemplate(address: string): string | undefined {
  return knownConversations.get(address);
}

/**
 * The address of a page of the admin panel.
 * @param template an `https` address with `{id}` and, where it is needed, `{app}` behind the host
 */
export function panelAddress(template: string, { app, id }: PanelValues): PanelAddress {
  const text = template.trim();
  if (!start.test(text))
    return { problem: l10n.t('The address in the setting does not begin with https:// and a host.') };
  if (!text.includes('{id}')) return { problem: l10n.t('There is no {id} in the address of the setting.') };
  if (/[{}]/.test(text.replaceAll(/\{(?:app|id)\}/g, '')))
    return { problem: l10n.t('In the address of the setting only {app} and {id} stand in braces.') };
  if (app === undefined && text.includes('{app}'))
    return { problem: l10n.t('The app’s id is not known: write it into the setting in the place of {app}.') };
  // Of these a browser would take the part before away.
  if ([app, id].some((value) => value !== undefined && /^\.{0,2}$/.test(value)))
    return { problem: l10n.t('There is no such page.') };
  const filled = text.replaceAll(/\{(app|id)\}/g, (_, name) => percentEncoded((name === 'app' ? app : id) ?? ''));
  return URL.canParse(filled)
    ? { address: new URL(filled).href }
    : { problem: l10n.t('The address in the setting is none.') };
}
