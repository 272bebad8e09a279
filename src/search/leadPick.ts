import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Lead } from '../dashly/lead';
import { type Disposable, Disposables, type Event } from '../leads/event';
import { presenceIcon } from '../editor/presenceIcon';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { ActiveRow } from './activeRow';
import { LeadSearch } from './leadSearch';
import { prepareSearch } from './searchFields';
import { searchRows, searchTitle, type RowContext, type SearchRow, type ShownSearch } from './searchRows';
import type { SearchScope } from './searchPages';
import { acceptedItem, createQuickPick, keepOrder } from '../editor/window';

/** A button of the pick. */
export interface PickButton<Argument> extends vscode.QuickInputButton {
  run(argument: Argument): unknown;
}

/** What is searched: `LeadSearch`, or `LoadedSearch`, which has no other scope and cannot fail. */
export interface PickedSearch extends ShownSearch, Disposable {
  readonly onDidChange: Event<void>;
  readonly error?: unknown;
  setText(text: string): void;
  loadMore(): void;
  setScope?(scope: SearchScope): void;
  retry?(): void;
}

/** What a pick of leads is for. */
export interface LeadPickOptions {
  /** The loaded leads and the service when left out. */
  readonly search?: PickedSearch;
  /**
   * Whether one visitor is wanted, not all that match; see `LeadSearch`. The pick waits then for the person, who may have to
   * copy a cookie in another window.
   */
  readonly isForOne?: boolean;
  readonly title: string;
  readonly placeholder: string;
  /** The text to begin with. */
  readonly text?: string;
  /** The id of a lead that cannot be chosen. */
  readonly except?: string;
  /** Earlier searches, newest first. */
  readonly recent?: readonly string[];
  /** Buttons of each row. */
  readonly leadButtons?: readonly PickButton<Lead>[];
  /** Buttons in the title, given the searched text; shown while there is one. */
  readonly titleButtons?: readonly PickButton<string>[];
  /** Called when the person has moved to a row and stayed. */
  onPreview?(lead: Lead): unknown;
  /** Called when a row is chosen; the pick is gone then. */
  onAccept(lead: Lead, text: string): unknown;
  /** Called when the person left without choosing, with the text that was searched. */
  onCancel?(text: string): unknown;
}

interface RowItem extends vscode.QuickPickItem {
  readonly row: SearchRow;
}

/**
 * How long the person must stay on a row before it is previewed, in ms: long enough not to open a card for each row passed.
 */
const previewDelay = 200;

/** The quick pick over a search: shows its rows and passes on what the person does. */
export class LeadPick implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly pick = this.owned.add(createQuickPick<RowItem>());
  private readonly search: PickedSearch;
  private readonly scopeButton: vscode.QuickInputButton;
  private items: readonly RowItem[] = [];
  private readonly active = new ActiveRow();
  private preview: NodeJS.Timeout | undefined;
  private accepted = false;
  /** Whether Enter was pressed before anybody was found. */
  private isAwaited = false;
  private disposed = false;

  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
    private readonly options: LeadPickOptions,
  ) {
    const { pick } = this;
    this.search = this.owned.add<PickedSearch>(options.search ?? new LeadSearch(current, options.isForOne));
    this.scopeButton = {
      iconPath: new vscode.ThemeIcon('filter'),
      tooltip: l10n.t('Search Only This View, or All Leads'),
    };
    pick.placeholder = options.placeholder;
    pick.matchOnDescription = true;
    pick.ignoreFocusOut = options.isForOne ?? false;
    keepOrder(pick);
    this.owned.add(this.search.onDidChange(() => this.render()));
    this.owned.add(masking.onDidChange(() => this.render()));
    this.owned.add(
      pick.onDidChangeValue((text) => {
        this.isAwaited = false;
        this.search.setText(text);
      }),
    );
    this.owned.add(pick.onDidChangeActive(([item]) => this.activated(item)));
    this.owned.add(pick.onDidAccept(() => this.accept(acceptedItem(pick)?.row)));
    this.owned.add(pick.onDidTriggerButton((button) => this.titleButton(button)));
    this.owned.add(pick.onDidTriggerItemButton(({ button, item }) => this.rowButton(button, item.row)));
    this.owned.add(pick.onDidHide(() => this.dispose()));
    if (options.text) pick.value = options.text;
    this.search.setText(options.text ?? '');
    this.render();
    pick.show();
    this.owned.add(prepareSearch(current.list?.leads ?? []));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    clearTimeout(this.preview);
    this.owned.dispose();
    const { text, recognized } = this.search;
    // A text that was not searched is not remembered as one.
    if (!this.accepted) this.options.onCancel?.(recognized?.problem === undefined ? text : '');
  }

  private render(): void {
    const { pick, search, current, masking, options } = this;
    const context: RowContext = {
      masking,
      now: Date.now(),
      viewFiltered: this.viewFiltered,
      loaded: current.list?.leads.length ?? 0,
      failure: masking.errorSentence(search.error),
      // What was searched for is a contact: not shown where contacts are masked.
      recent: masking.on ? [] : (options.recent ?? []),
      except: options.except,
    };
    const rows = searchRows(search, context);
    pick.title = searchTitle(options.title, search, context);
    if (!sameRows(rows, this.items)) {
      const { key, wentOn } = this.active.show(search.text, rows);
      this.items = rows.map((row) => this.item(row));
      // Before the rows, because VS Code applies one after the other: a kept position would keep new results out of sight.
      if (pick.keepScrollPosition === wentOn) pick.keepScrollPosition = !wentOn;
      pick.items = this.items;
      pick.activeItems = this.items.filter((item) => item.row.key === key);
    }
    // VS Code lays the pick out anew for each member that is set.
    if (pick.busy !== this.isSearching) pick.busy = this.isSearching;
    const isText = search.recognized?.isText !== false;
    const buttons = [
      ...(this.viewFiltered && isText ? [this.scopeButton] : []),
      ...(search.text === '' || !isText ? [] : (options.titleButtons ?? [])),
    ];
    if (buttons.length !== pick.buttons.length || buttons.some((button, index) => button !== pick.buttons[index]))
      pick.buttons = buttons;
    if (this.isAwaited && !pick.busy) this.acceptAwaited(rows);
  }

  private get isSearching(): boolean {
    return this.search.state === 'waiting' || this.search.state === 'reading';
  }

  /** Enter was pressed while nobody was found yet: whoever is the only one now is meant. */
  private acceptAwaited(rows: readonly SearchRow[]): void {
    this.isAwaited = false;
    const [first, ...others] = rows.filter(({ kind }) => kind === 'lead');
    if (others.length === 0) this.accept(first);
  }

  private get viewFiltered(): boolean {
    return this.search.setScope !== undefined && (this.current.query.filters?.filters.length ?? 0) > 0;
  }

  private item(row: SearchRow): RowItem {
    const base = { row, label: row.label, description: row.description, alwaysShow: true };
    switch (row.kind) {
      case 'lead':
        return { ...base, iconPath: presenceIcon(row.lead.presence), buttons: this.options.leadButtons };
      case 'more':
        return { ...base, iconPath: new vscode.ThemeIcon('arrow-down') };
      case 'failed':
        return { ...base, iconPath: new vscode.ThemeIcon('error') };
      case 'recent':
        return { ...base, iconPath: new vscode.ThemeIcon('history') };
      case 'note':
        return { ...base, detail: row.detail, iconPath: new vscode.ThemeIcon('info') };
    }
  }

  private activated(item: RowItem | undefined): void {
    // A late event may name a row that is not shown any more.
    if (!item || !this.items.includes(item) || !this.active.moved(item.row.key)) return;
    clearTimeout(this.preview);
    const { row } = item;
    const { options } = this;
    if (row.kind === 'lead') this.preview = setTimeout(() => options.onPreview?.(row.lead), previewDelay);
  }

  private accept(row: SearchRow | undefined): void {
    switch (row?.kind) {
      case 'lead': {
        const { text } = this.search;
        this.accepted = true;
        this.pick.hide();
        this.options.onAccept(row.lead, text);
        return;
      }
      case 'more':
        this.active.goOnFrom(row.key);
        this.search.loadMore();
        return;
      case 'failed':
        this.search.retry?.();
        return;
      case 'recent':
        this.pick.value = row.text;
        this.search.setText(row.text);
        return;
      case 'note':
      case undefined:
        this.isAwaited = this.isSearching;
    }
  }

  private titleButton(button: vscode.QuickInputButton): void {
    if (button === this.scopeButton) {
      this.search.setScope?.(this.search.scope === 'app' ? 'view' : 'app');
      return;
    }
    this.options.titleButtons?.find((one) => one === button)?.run(this.search.text);
  }

  private rowButton(button: vscode.QuickInputButton, row: SearchRow): void {
    if (row.kind !== 'lead') return;
    this.options.leadButtons?.find((one) => one === button)?.run(row.lead);
  }

  /** Closes the pick. */
  hide(): void {
    this.pick.hide();
  }
}

/** Whether these rows are shown already: showing them again would make the first one active for a moment. */
function sameRows(rows: readonly SearchRow[], items: readonly RowItem[]): boolean {
  return rows.length === items.length && rows.every((row, index) => sameRow(row, items[index]?.row));
}

function sameRow(a: SearchRow, b: SearchRow | undefined): boolean {
  const sameText = a.key === b?.key && a.label === b.label && a.description === b.description;
  if (a.kind === 'note') return sameText && b.kind === 'note' && a.detail === b.detail;
  return sameText && (a.kind !== 'lead' || (b.kind === 'lead' && a.lead === b.lead));
}
