import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { ownApp } from '../dashly/address';
import type { DashlyClient } from '../dashly/client';
import { decodeId } from '../dashly/decode';
import type { Lead } from '../dashly/lead';
import { type Command, type Feature, type Parts, runCommand } from '../editor/commands';
import { readSetting } from '../editor/settings';
import { askModally, showInformationMessage, showWarningMessage } from '../editor/window';
import { leadElement, leadsFromArguments } from '../leads/leadElement';
import { leadLink, type LinkedApp, readLeadLink } from './leadLink';
import { knownConversationTemplate, panelAddress } from './panelAddress';

/** The apps that are connected. */
export interface ConnectedApps {
  all(): readonly LinkedApp[];
  /** Shows the leads of this app; resolves when it is there, or when that is known to be impossible. */
  open(key: string): Promise<void>;
}

/** Links that open a lead, and from a lead into the admin panel. */
export function links(parts: Parts, apps: ConnectedApps) {
  const leadLinks = new LeadLinks(parts, apps);
  const one = (args: readonly unknown[]): Lead | undefined => leadsFromArguments(args, parts.selection)[0];
  const commands = {
    copyLink: (...args) => leadLinks.copy(leadsFromArguments(args, parts.selection)),
    openLeadInPanel: (...args) => {
      const lead = one(args);
      return lead && openInPanel(parts, 'panel.lead', lead, lead.id);
    },
    openConversationInPanel: (element, conversation) => {
      const lead = one([element]);
      if (!lead || typeof conversation !== 'string') return undefined;
      return openInPanel(parts, 'panel.conversation', lead, conversation);
    },
  } satisfies Record<string, Command>;
  return { commands, disposables: [], openLink: (uri: vscode.Uri) => leadLinks.open(uri) } satisfies Feature &
    Record<string, unknown>;
}

class LeadLinks {
  private isAsking = false;

  constructor(
    private readonly parts: Parts,
    private readonly apps: ConnectedApps,
  ) {}

  async copy(leads: readonly Lead[]): Promise<void> {
    const { context, current } = this.parts;
    const app = this.apps.all().find(({ key }) => key === current.connection?.key);
    if (!app || leads.length === 0) return;
    const text = leads.map(({ id }) => leadLink(vscode.env.uriScheme, context.extension.id, app, id)).join('\n');
    await vscode.env.clipboard.writeText(text);
  }

  /**
   * Opens what a link asks for, when the person agrees: the link may come from a web page, and another app's leads may be
   * on a screen that is shared. While one is asked about, further ones are passed over.
   */
  async open(uri: vscode.Uri): Promise<void> {
    if (this.isAsking) return;
    const link = readLeadLink(uri, this.apps.all());
    if ('problem' in link) {
      void showWarningMessage(link.problem);
      return;
    }
    this.isAsking = true;
    try {
      if (await this.agreed(link.app, link.id)) await this.show(link.app, link.id);
    } finally {
      this.isAsking = false;
    }
  }

  private async agreed({ key, name, address }: LinkedApp, id: string): Promise<boolean> {
    const isShown = key === this.parts.current.connection?.key;
    const detail = isShown
      ? l10n.t('A link asks for it. It is read from {0}.', address)
      : l10n.t('A link asks for it. It is read from {0}, and the view switches to {1}.', address, name);
    return (await askModally(l10n.t('Open lead {0} of {1}?', id, name), detail, l10n.t('Open Lead'))) !== undefined;
  }

  private async show({ key, name }: LinkedApp, id: string): Promise<void> {
    const { current } = this.parts;
    if (current.connection?.key !== key) await this.apps.open(key);
    const { connection } = current;
    if (connection?.key !== key) {
      const sentence = l10n.t('The token of {0} is not on this machine.', name);
      const chosen = await showWarningMessage(sentence, l10n.t('Enter Token…'));
      if (chosen) await runCommand('replaceToken');
      return;
    }
    const lead = current.find(id) ?? (await connection.client.getLead(id, new AbortController().signal)).lead;
    // Another app may have been chosen meanwhile.
    if (current.connection === connection) await runCommand('openCard', leadElement(lead));
  }
}

/** Opens a page of the admin panel in the browser. @param id of the lead or of its conversation */
async function openInPanel(
  { current: { connection } }: Parts,
  setting: 'panel.lead' | 'panel.conversation',
  lead: Lead,
  id: string,
): Promise<void> {
  if (!connection) return;
  const { client, isSample } = connection;
  if (isSample) {
    void showInformationMessage(l10n.t('The sample app has no admin panel.'));
    return;
  }
  const known = setting === 'panel.conversation' ? knownConversationTemplate(client.address) : undefined;
  const template = readSetting(setting) || known;
  if (template === undefined) {
    await sayHow(l10n.t('The admin panel’s addresses are documented nowhere: copy one from your browser.'), setting);
    return;
  }
  const app = client.appId ?? (template.includes('{app}') ? await appOf(client, lead) : undefined);
  const opened = panelAddress(template, { app, id });
  if ('problem' in opened) await sayHow(opened.problem, setting);
  // As a Uri the address would be written anew and could change; VS Code takes a string as it is (its issue 85930).
  else await vscode.env.openExternal(opened.address as unknown as vscode.Uri);
}

/** The app's id, which every lead tells (API.md, section 5) where neither the account nor the token does. */
async function appOf(client: DashlyClient, lead: Lead): Promise<string | undefined> {
  const details = await client.getLead(lead.id, new AbortController().signal);
  const app = decodeId(details.lead.record.app);
  return app === ownApp ? undefined : app;
}

/** Says what is missing in a setting, and leads to it. */
async function sayHow(problem: string, setting: string): Promise<void> {
  const name = `dashlyLeads.${setting}`;
  const sentences = `${problem} ${l10n.t('The setting is {0}.', name)}`;
  const chosen = await showInformationMessage(sentences, l10n.t('Open Settings'));
  if (chosen) await vscode.commands.executeCommand('workbench.action.openSettings', name);
}
