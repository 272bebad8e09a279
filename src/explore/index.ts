import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { DashlyClient } from '../dashly/client';
import { queryCap, maxPageSize } from '../dashly/lead';
import { askToConnect, type Command, type Feature, type Parts } from '../editor/commands';
import { showQuickPick } from '../editor/window';
import { type Connection, isSameApp } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import { grouped, ofTotal, plural } from '../language';
import { Exploration, type ExplorationSource } from './exploration';
import { ExplorePanel } from './explorePanel';
import { summarizeProperties } from './propertySummary';

/** *Explore Properties*: what there is in the leads of the app. `summarizeProperties` tells it without a person's data. */
export function explore(parts: Parts) {
  const explorer = new Explorer(parts);
  const commands = { exploreProperties: () => explorer.open() } satisfies Record<string, Command>;
  const summarize = (client: DashlyClient, signal: AbortSignal) =>
    summarizeProperties(client, { known: parts.names.properties, masked: parts.masking.alwaysOn(), signal });
  return { commands, disposables: [explorer], summarizeProperties: summarize } satisfies Feature &
    Record<string, unknown>;
}

/** The sizes of a sample that are offered, in leads. */
const sizes = [500, 2_000, queryCap];

class Explorer implements vscode.Disposable {
  private readonly owned = new Disposables();
  private panel: ExplorePanel | undefined;
  private connection: Connection | undefined;

  constructor(private readonly parts: Parts) {
    // What is shown belongs to the app it was read from.
    this.owned.add(
      parts.current.onDidChangeList(() => {
        if (!isSameApp(parts.current.connection, this.connection)) this.close();
      }),
    );
  }

  async open(): Promise<void> {
    const { current } = this.parts;
    const { connection } = current;
    if (!connection) {
      askToConnect(l10n.t('Connect an app to explore its properties.'));
      return;
    }
    const source = await this.pickSource();
    if (source === undefined || current.connection !== connection) return;
    const exploration = new Exploration(connection, current.query, source, current.list);
    if (this.panel) {
      this.panel.explore(exploration);
      return;
    }
    this.connection = connection;
    const panel = new ExplorePanel(this.parts, exploration);
    panel.onClose = () => this.close();
    panel.onChoose = () => void this.open();
    this.panel = panel;
  }

  dispose(): void {
    this.close();
    this.owned.dispose();
  }

  private close(): void {
    const { panel } = this;
    this.panel = undefined;
    this.connection = undefined;
    panel?.dispose();
  }

  private async pickSource(): Promise<ExplorationSource | undefined> {
    const { list } = this.parts.current;
    const total = list?.total;
    const loaded = list?.leads.length ?? 0;
    const readable = Math.min(total ?? queryCap, queryCap);
    // One that is larger than the list is the whole list: that is offered once.
    const offered = sizes.filter((size, index) => index === 0 || (sizes[index - 1] ?? 0) < readable);
    const items: (vscode.QuickPickItem & { source: ExplorationSource })[] = [
      ...(loaded > 0
        ? [
            {
              label: l10n.t('The loaded leads'),
              description: ofTotal({ loaded, total }),
              detail: l10n.t('No request'),
              source: 'loaded' as const,
            },
          ]
        : []),
      ...offered.map((size) => {
        const leads = Math.min(size, readable);
        const isWhole = total !== undefined && leads >= total;
        return {
          label: isWhole
            ? plural(leads, l10n.t('All {0} lead|All {0} leads'))
            : plural(leads, l10n.t('A sample of {0} lead|A sample of {0} leads')),
          detail: requestWords(Math.ceil(leads / maxPageSize), isWhole, total),
          source: size,
        };
      }),
    ];
    const chosen = await showQuickPick(items, {
      title: l10n.t('Explore Properties'),
      placeHolder: l10n.t('Of which leads?'),
    });
    return chosen?.source;
  }
}

/** How much reading a sample asks of the service, and how it lies in a list of `total` leads. */
function requestWords(requests: number, isWhole: boolean, total: number | undefined): string {
  if (isWhole) return plural(requests, l10n.t('{0} request|{0} requests'));
  if (total === undefined || total <= queryCap)
    return plural(
      requests,
      l10n.t('{0} request, spread evenly over the list|{0} requests, spread evenly over the list'),
    );
  return plural(
    requests,
    l10n.t(
      '{0} request, spread evenly over the list, over the first {1} leads|{0} requests, spread evenly over the list, over the first {1} leads',
    ),
    grouped(queryCap),
  );
}
