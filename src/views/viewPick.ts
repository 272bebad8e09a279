import * as vscode from 'vscode';
import type { Masking } from '../leads/masking';
import { describeOrder, describeSelection } from '../leads/queryWords';
import type { SavedView } from './savedViews';
import { type BuiltInView, missingView, sameQuery, type View } from './view';
import { createQuickPick } from '../editor/window';

/** A view that can be chosen. */
export type OfferedView =
  { readonly view: BuiltInView; readonly saved?: undefined } | { readonly view: View; readonly saved: SavedView };

interface ViewItem extends vscode.QuickPickItem {
  readonly offered?: OfferedView;
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
}

/**
 * Lets the person choose a view. The counts come in while the list is open; one that cannot be had stays empty.
 * @returns what is to be done: the view shown, or what a button beside it does; undefined when the person left
 */
export function pickView(options: ViewPickOptions): Promise<(() => unknown) | undefined> {
  return new Promise((resolve) => {
    const pick = createQuickPick<ViewItem>();
    const closed = new AbortController();
    const counts = new Map<View, string>();
    const offered: OfferedView[] = [
      ...options.builtIn.map((view) => ({ view })),
      ...options.saved.map((saved) => ({ view: saved.view, saved })),
    ];
    pick.title = 'Switch View';
    pick.placeholder = 'Which leads do you want to see?';
    pick.matchOnDetail = true;
    // A count that comes in must not take the list away from under the eyes.
    pick.keepScrollPosition = true;
    let active = offered.find(({ view }) => view === options.shown);
    const draw = (): void => {
      pick.items = items(offered, counts, options);
      // Of what somebody looks for by typing, VS Code knows best which rows match, and makes the first of them active.
      const item = pick.value === '' ? pick.items.find((one) => one.offered && one.offered === active) : undefined;
      if (item) pick.activeItems = [item];
    };
    draw();
    pick.onDidChangeActive(([item]) => (active = item?.offered ?? active));
    pick.onDidChangeValue(() => {
      // A count that came in while this was typed may have made a view active that no longer matches: then none is. Drawn
      // without saying which is active, the first that matches is.
      active = undefined;
      draw();
    });
    pick.onDidTriggerItemButton(({ button, item }) => {
      const { offered } = item;
      if (offered) resolve(() => (button as ViewButton).run(offered));
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      const view = item?.offered?.view;
      if (!view) return;
      resolve(() => options.show(view));
      pick.hide();
    });
    pick.onDidHide(() => {
      closed.abort();
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    for (const { view } of offered) {
      void options.count(view, closed.signal).then(
        (count) => {
          if (closed.signal.aborted) return;
          counts.set(view, count);
          draw();
        },
        // A view without a count can be chosen all the same, and tells by itself what is wrong.
        () => undefined,
      );
    }
  });
}

function items(
  offered: readonly OfferedView[],
  counts: ReadonlyMap<View, string>,
  options: ViewPickOptions,
): ViewItem[] {
  const group = (title: string, member: (view: OfferedView) => boolean): ViewItem[] => {
    const members = offered.filter(member).map((one) => item(one, counts.get(one.view), options));
    return members.length > 0 ? [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...members] : [];
  };
  return [
    ...group('built in', ({ saved }) => !saved),
    // A row that does nothing: VS Code draws no separator that has no row under it.
    { label: missingView.name, iconPath: new vscode.ThemeIcon('circle-slash'), detail: missingView.detail },
    ...group('saved by you', ({ saved }) => saved?.scope === 'user'),
    ...group('saved in this workspace', ({ saved }) => saved?.scope === 'workspace'),
  ];
}

function item(offered: OfferedView, count: string | undefined, options: ViewPickOptions): ViewItem {
  const { view, saved } = offered;
  const button = (icon: string, tooltip: string, run: ViewButton['run']): ViewButton => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    run,
  });
  const detail = saved
    ? `${describeSelection(view, options.masking) ?? 'All leads'}, ${describeOrder(view)}`
    : offered.view.detail;
  return {
    label: options.masking.text(view.name),
    description: [options.shown === view ? 'shown now' : '', count ?? ''].filter((text) => text !== '').join(' · '),
    detail: detail,
    offered,
    alwaysShow: false,
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

/** The view, of those that can be chosen, whose query is looked at. */
export function shownView(views: readonly View[], query: View, name: string | undefined): View | undefined {
  return views.find((view) => view.name === name && sameQuery(view, query));
}
