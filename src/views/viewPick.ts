import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Segment } from '../dashly/segment';
import type { Masking } from '../leads/masking';
import { describeOrder, describeSelection } from '../leads/queryWords';
import type { SavedView, ViewScope } from './savedViews';
import { type OfferedSegment, segmentName } from './segments';
import { type BuiltInView, missingView, sameQuery, shownName, type View } from './view';
import { back, pickOrPress } from '../editor/steps';
import { ViewCounts } from './viewCounts';

/** A view that can be chosen, and where it stands in the list. */
interface OfferedView {
  readonly view: View;
  readonly group: Group;
  readonly detail: string;
  /** Undefined for one that nobody saved. */
  readonly saved?: SavedView;
}

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
  readonly run: () => unknown;
}

export interface ViewPickOptions {
  readonly builtIn: readonly BuiltInView[];
  readonly saved: readonly SavedView[];
  /** The segments of the app that are known. */
  readonly segments: readonly OfferedSegment[];
  /** The view that is looked at, one of all of these. */
  readonly shown: View | undefined;
  readonly masking: Masking;
  /** How many leads a view shows; rejects when that cannot be had. */
  readonly count: (view: View, signal: AbortSignal) => Promise<string>;
  readonly show: (view: View) => unknown;
  readonly showSegment: (segment: Segment) => unknown;
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
  const offered = offeredViews(options);
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
      title: l10n.t('Switch View'),
      placeholder: l10n.t('Which leads do you want to see?'),
      ignoreFocusOut: false,
      items: { items: inGroups(rows, options), onDidChange: counts.onDidChange },
      active: rows.find(({ offered: { view } }) => view === options.shown),
      canChoose: ({ offered, run }) => (offered ?? run) !== undefined,
      moved: (item) => counts.moved(item?.offered?.view),
    });
    if (chosen === undefined || chosen === back) return undefined;
    const { offered: picked, run } = 'button' in chosen ? chosen.item : chosen;
    if ('button' in chosen) return (chosen.button as ViewButton).run;
    return picked ? () => options.show(picked.view) : run;
  } finally {
    words.dispose();
    counts.dispose();
  }
}

type Group = 'builtIn' | ViewScope | 'segments';

/** The headings of the groups. */
const headings: Readonly<Record<Group, string>> = {
  builtIn: l10n.t({ message: 'built in', comment: ['views'] }),
  user: l10n.t('saved by you'),
  workspace: l10n.t('saved in this workspace'),
  folder: l10n.t('saved in a folder of this workspace'),
  segments: l10n.t('segments that cards have shown'),
};

function offeredViews({ builtIn, saved, segments, masking }: ViewPickOptions): OfferedView[] {
  const selection = (view: View): string => describeSelection(view, masking) ?? l10n.t('All leads');
  return [
    ...builtIn.map((view): OfferedView => ({ view, group: 'builtIn', detail: view.detail })),
    ...saved.map((one): OfferedView => {
      const { view, scope } = one;
      const detail = `${selection(view)}, ${describeOrder(view, masking)}`;
      return { view, group: scope, detail, saved: one };
    }),
    ...segments.flatMap(({ view }): OfferedView[] =>
      view ? [{ view, group: 'segments', detail: selection(view) }] : [],
    ),
  ];
}

function inGroups(rows: readonly OfferedViewItem[], options: ViewPickOptions): ViewItem[] {
  const group = (name: Group, others: readonly ViewItem[] = []): ViewItem[] => {
    const members = [...rows.filter(({ offered }) => offered.group === name), ...others];
    return members.length > 0 ? [{ label: headings[name], kind: vscode.QuickPickItemKind.Separator }, ...members] : [];
  };
  return [
    ...group('builtIn'),
    // The list cannot be filtered by presence, but there is a request of its own for those who are there.
    { label: l10n.t('Active now'), detail: l10n.t('Who is on the site: opens Online Now'), run: options.showOnline },
    // A row that does nothing: VS Code draws no separator that has no row under it.
    { label: missingView.name, iconPath: new vscode.ThemeIcon('circle-slash'), detail: missingView.detail },
    ...group('user'),
    ...group('workspace'),
    ...group('folder'),
    ...group(
      'segments',
      options.segments.flatMap(({ segment, view }) => (view ? [] : [unlikeSegment(segment, options)])),
    ),
  ];
}

/** A segment that the list can show in part only, or not at all: choosing it says why. */
function unlikeSegment(segment: Segment, { masking, showSegment }: ViewPickOptions): ViewItem {
  return {
    label: shownName({ name: segmentName(segment) }, masking),
    iconPath: new vscode.ThemeIcon('warning'),
    detail: l10n.t('Has conditions that the list of leads cannot be asked for'),
    run: () => showSegment(segment),
  };
}

function viewItem(offered: OfferedView, options: ViewPickOptions): OfferedViewItem {
  const { view, saved, detail } = offered;
  const button = (icon: string, tooltip: string, run: ViewButton['run']): ViewButton => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    run,
  });
  return {
    label: shownName(view, options.masking),
    description: options.shown === view ? l10n.t('shown now') : '',
    detail,
    offered,
    buttons: [
      ...(saved
        ? [
            button('edit', l10n.t('Rename View…'), () => options.rename(saved)),
            button('trash', l10n.t('Delete View…'), () => options.remove(saved)),
          ]
        : []),
      ...(view.presence ? [] : [button('terminal', l10n.t('Copy as curl'), () => options.copyCurl(view))]),
    ],
  };
}

function description(view: View, counts: ViewCounts, { shown }: ViewPickOptions): string {
  return [shown === view ? l10n.t('shown now') : '', counts.of(view) ?? ''].filter((text) => text !== '').join(' · ');
}

/** The view, of those that can be chosen, whose query is looked at. */
export function shownView(views: readonly View[], query: View, name: string | undefined): View | undefined {
  return views.find((view) => view.name === name && sameQuery(view, query));
}
