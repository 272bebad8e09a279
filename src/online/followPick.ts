import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { askToConnect, type Parts, runCommand } from '../editor/commands';
import { pickStep } from '../editor/steps';
import type { Lead } from '../dashly/lead';
import { Emitter } from '../leads/event';
import { leadElement } from '../leads/leadElement';
import { singleLine } from '../leads/text';
import { leadLabel } from '../leads/wording';
import type { OnlineView } from './onlineView';
import { visitorDescription } from './visitorWording';

interface FollowItem extends vscode.QuickPickItem {
  /** Whose events are to be followed; undefined for what is no person. */
  readonly lead?: Lead;
}

/**
 * Lets the person choose whose events of one name are to be followed, and follows them: of somebody who is on the site, of
 * the selected lead, or of a visitor who is found by what is at hand.
 * @param name of the event
 */
export async function followEvent(
  { current, masking, selection }: Parts,
  view: OnlineView,
  name: string,
): Promise<void> {
  if (!current.connection) {
    askToConnect(l10n.t('Connect an app to follow an event.'));
    return;
  }
  const changed = new Emitter();
  const selected = selection.leads[0];
  const find: FollowItem = {
    label: l10n.t('Find Visitor…'),
    description: l10n.t('by cookie, id, User ID, e-mail, phone or link to a conversation'),
    iconPath: new vscode.ThemeIcon('search'),
    alwaysShow: true,
  };
  const status: FollowItem = { label: l10n.t('Reading who is on the site…'), alwaysShow: true };
  let isReading = true;
  // The same people are the same rows, so that who has been moved to stays there when others come.
  const rows = new Map<string, FollowItem>();
  const row = (lead: Lead, label: string, description: string, icon: string): FollowItem => {
    const item = rows.get(lead.id) ?? { label, iconPath: new vscode.ThemeIcon(icon), lead };
    rows.set(lead.id, Object.assign(item, { label, description }));
    return item;
  };
  const items = (): readonly FollowItem[] => {
    const present = view.present.map((one) => {
      const words = visitorDescription(one, Date.now());
      const about = one.lead.id === selected?.id ? `${words} · ${l10n.t('selected')}` : words;
      return row(one.lead, one.label, about, one.isLead ? 'account' : 'globe');
    });
    const isThere = present.some(({ lead }) => lead?.id === selected?.id);
    const others =
      selected && !isThere ? [row(selected, leadLabel(selected, masking), l10n.t('selected'), 'account')] : [];
    const problem = isReading ? undefined : view.problem;
    if (problem !== undefined) status.label = problem;
    return [...others, ...present, ...(isReading || problem !== undefined ? [status] : []), find];
  };
  void view.read().then(() => {
    isReading = false;
    changed.fire();
  });
  const chosen = await pickStep<FollowItem>({
    title: l10n.t('Follow “{0}”', singleLine(name, 60)),
    placeholder: l10n.t('Whose events? The card opens and shows each one as it comes in'),
    items: {
      get items() {
        return items();
      },
      onDidChange: changed.event,
    },
    ignoreFocusOut: false,
    canChoose: (item) => item !== status,
  });
  changed.dispose();
  if (typeof chosen !== 'object') return;
  if (chosen.lead) await runCommand('followEvents', leadElement(chosen.lead), name);
  else await runCommand('findVisitor', '', name);
}
