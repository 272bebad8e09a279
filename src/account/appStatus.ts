import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { commandId, type Feature, type Parts } from '../editor/commands';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import type { Event } from '../leads/event';
import { grouped, plural } from '../language';
import { plain } from '../leads/text';

/** How many visitors are on the site. */
export interface VisitorCount {
  /** Undefined while nobody looks. */
  count(): number | undefined;
  readonly onDidChange: Event<void>;
}

/**
 * Which app is looked at, in the status bar, and how many are on its site while that is in sight. A click leads to another
 * app. Beside it stands, while contacts are masked, the mark of that.
 */
export function appStatus({ current }: Pick<Parts, 'current'>, visitors: VisitorCount) {
  const item = vscode.window.createStatusBarItem('dashlyLeads.app', vscode.StatusBarAlignment.Right, 101);
  item.name = l10n.t('Dashly Leads: App');
  item.command = commandId('switchApp');
  let shown: string | undefined;
  const show = (): void => {
    const { connection } = current;
    const count = visitors.count();
    const online = count === undefined ? [] : [l10n.t('{0} online', grouped(count))];
    const text = connection && readSetting('statusBar') ? plain([connection.name, ...online].join(' · ')) : undefined;
    if (text === shown) return;
    shown = text;
    if (!connection || text === undefined) {
      item.hide();
      return;
    }
    item.text = `$(account) ${text}`;
    const words =
      count === undefined
        ? l10n.t('Dashly Leads: {0}. Select to switch to another app.', connection.name)
        : plural(
            count,
            l10n.t(
              'Dashly Leads: {1}. On the site now: {0} visitor. Select to switch to another app.|Dashly Leads: {1}. On the site now: {0} visitors. Select to switch to another app.',
            ),
            connection.name,
          );
    item.tooltip = words;
    item.accessibilityInformation = { label: words };
    item.show();
  };
  show();
  const disposables = [
    item,
    current.onDidChange(show),
    visitors.onDidChange(show),
    onDidChangeSetting('statusBar', show),
  ];
  return { commands: {}, disposables, shown: () => shown } satisfies Feature & Record<string, unknown>;
}
