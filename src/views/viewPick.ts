import * as vscode from 'vscode';
import type { Masking } from '../leads/masking';
import { describeOrder, describeSelection } from '../leads/queryWords';
import type { SavedView, ViewScope } from './savedViews';
import { type BuiltInView, missingView, sameQuery, shownName, type View } from './view';
import { back, pickOrPress } from '../editor/steps';
import { ViewCounts } from './viewCounts';

/** A view that can be chosen. */
type OfferedView =
  { readonly view: BuiltInView; readonly saved?: undefined } | { readonly view: View; readonly saved: SavedView };

interface ViewItem extends vscode.QuickPickItem {
  /** Undefined for a row that is no view of the list. */
  readonly offered?: OfferedView;
  /** What such a row does; undefined: nothing. */
  readonly run?: () => unknown;
}

interface OfferedViewItem extends ViewItem {
  readonly offered: OfferedView;
}

/** A button beside a view and what it does. */
interface ViewButton extends vscode.QuickInputButton {
  readonly run: (offered: OfferedView) => unknown;
}

export interface ViewPickOptions {
  readonly builtIn: readonly BuiltInView[];
  readonly saved: readonly SavedView[];
  /** The view that is looked at. */
  readonly shown: View | undefined;
  readonly masking: Masking;
  /** How many leads a view shows; rejects when that cannot be had. */
  readonly count: (view: View, signal: AbortSignal) => Promise<string>;
  readonly show: (view: View) => unknown;
  readonly rename: (saved: SavedView) => unknown;
  readonly remove: (saved: SavedView) => unknown;
  readonly copyCurl: (view: View) => unknown;
  /** Shows who is on the site now. */
  readonly showOnline: () => unknown;
}

/**
 * Lets the person choose a view. The counts come in while the list is open.
 * @returns what is to be done: the view shown, or what a button beside it does; undefined when the person left
 */
export async function pickView(options: ViewPickOptions): Promise<(() => unknown) | undefined> {
  const offered: OfferedView[] = [
    ...options.builtIn.map((view) => ({ view })),
    ...options.saved.map((saved) => ({ view: saved.view, saved })),
  ];
  const rows = offered.map((one) => viewItem(one, options));
  const counts = new ViewCounts(
    offered.map(({ view }) => view),
    options.count,
    options.shown,
  );
  const words = counts.onDidChange(() => {
    for (const row of rows) row.description = description(row.offered.view, counts, options);
  });
  try {
    const chosen = await pickOrPress<ViewItem>({
      title: 'Switch View',
      placeholder: 'Which leads do you want to see?',
      ignoreFocusOut: false,
      items: { items: inGroups(rows, options.showOnline), onDidChange: counts.onDidChange },
      active: rows.find(({ offered: { view } }) => view === options.shown),
      canChoose: ({ offered, run }) => (offered ?? run) !== undefined,
      moved: (item) => counts.moved(item?.offered?.view),
    });
    if (chosen === undefined || chosen === back) return undefined;
    const { offered: picked, run } = 'button' in chosen ? chosen.item : chosen;
    if (!picked) return run;
    return 'button' in chosen ? () => (chosen.button as ViewButton).run(picked) : () => options.show(picked.view);
  } finally {
    words.dispose();
    counts.dispose();
  }
}

function inGroups(rows: readonly OfferedViewItem[], showOnline: () => unknown): ViewItem[] {
  const group = (title: string, scope: ViewScope | undefined): ViewItem[] => {
    const members = rows.filter(({ offered }) => offered.saved?.scope === scope);
    return members.length > 0 ? [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...members] : [];
  };
  return [
    ...group('built in', undefined),
    // The list cannot be filtered by presence, but there is a request of its own for those who are there.
    { label: 'Active now', detail: 'Who is on the site: opens Online Now', run: showOnline },
    // A row that does nothing: VS Code draws no separator that has no row under it.
    { label: missingView.name, iconPath: new vscode.ThemeIcon('circle-slash'), detail: missingView.detail },
    ...group('saved by you', 'user'),
    ...group('saved in this workspace', 'workspace'),
    ...group('saved in a folder of this workspace', 'folder'),
  ];
}

function viewItem(offered: OfferedView, options: ViewPickOptions): OfferedViewItem {
  const { view, saved } = offered;
  const button = (icon: string, tooltip: string, run: ViewButton['run']): ViewButton => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    run,
  });
  return {
    label: shownName(view, options.masking),
    description: options.shown === view ? 'shown now' : '',
    detail: saved
      ? `${describeSelection(view, options.masking) ?? 'All leads'}, ${describeOrder(view, options.masking)}`
      : offered.view.detail,
    offered,
    buttons: [
      ...(saved
        ? [
            button('edit', 'Rename View…', () => options.rename(saved)),
            button('trash', 'Delete View…', () => options.remove(saved)),
          ]
        : []),
      ...(view.presence ? [] : [button('terminal', 'Copy as curl', () => options.copyCurl(view))]),
    ],
  };
}

function description(view: View, counts: ViewCounts, { shown }: ViewPickOptions): string {
  return [shown === view ? 'shown now' : '', counts.of(view) ?? ''].filter((text) => text !== '').join(' · ');
}

/** The view, of those that can be chosen, whose query is looked at. */
export function shownView(views: readonly View[], query: View, name: string | undefined): View | undefined {
  return views.find((view) => view.name === name && sameQuery(view, query));
}
