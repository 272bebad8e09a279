import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { condition, filtersOf } from '../dashly/conditions';
import { filtersJson, parseFilters } from '../dashly/filterJson';
import { isJsonObject, type JsonObject, type JsonValue, sameJson } from '../dashly/json';
import { defaultSortProp, type LeadsQuery } from '../dashly/lead';
import { today } from '../dashly/dates';
import { holdsContactForm } from '../leads/contactForms';
import type { CurrentLeads } from '../leads/currentLeads';
import { Emitter } from '../leads/event';
import { Masking } from '../leads/masking';
import { holdsContacts } from '../leads/queryWords';
import { singleLine } from '../leads/text';

/** A query with a name. It holds no token and no address, so that it can be kept with a project and shared. */
export interface View extends LeadsQuery {
  readonly name: string;
}

/**
 * A view that was read from JSON, or what is wrong with it: a sentence that may be shown and quotes what is written there,
 * and the way to the member that is wrong, of the API's own names and of places in lists, for the log.
 */
export type ParsedView =
  { readonly view: View } | { readonly problem: string; readonly path: readonly (string | number)[] };

/** The longest name of a view, in characters: it stands in the title of a narrow view. */
export const longestName = 60;

/** What is wrong with a name for a view; undefined when nothing is. */
export function viewNameProblem(name: string): string | undefined {
  if (name.trim() === '') return l10n.t('A view needs a name.');
  return name.trim().length > longestName ? l10n.t('The name has more than {0} characters.', longestName) : undefined;
}

/** The name of a view in one line, fit to be shown: a workspace may bring any text. */
export function shownName({ name }: Pick<View, 'name'>, masking: Masking): string {
  return singleLine(masking.text(name), longestName);
}

/**
 * Reads a view, as settings and files hold it: `name`, and what the API calls `filters`, `sort_prop` and `sort_order`,
 * all but the name left out where the service's default is meant; `presence` is this extension's own.
 */
export function parseView(json: JsonValue): ParsedView {
  if (!isJsonObject(json)) return { problem: l10n.t('A view must be an object.'), path: [] };
  const { name, filters: filtersJson, sort_prop: sortProp, sort_order: sortOrder, presence } = json;
  if (typeof name !== 'string') return { problem: l10n.t('A view must have a “name”.'), path: ['name'] };
  const nameProblem = viewNameProblem(name);
  if (nameProblem !== undefined) return { problem: nameProblem, path: ['name'] };
  const wrong = (what: string, ...path: (string | number)[]): ParsedView => ({
    problem: l10n.t('View “{0}”: {1}', name, what),
    path,
  });
  if (sortProp !== undefined && (typeof sortProp !== 'string' || sortProp === ''))
    return wrong(l10n.t('“sort_prop” must be the name of a property.'), 'sort_prop');
  if (sortOrder !== undefined && sortOrder !== 'asc' && sortOrder !== 'desc')
    return wrong(l10n.t('“sort_order” must be “asc” or “desc”.'), 'sort_order');
  if (presence !== undefined && !isTextList(presence))
    return wrong(l10n.t('“presence” must be a list of presences, such as “online”.'), 'presence');
  const view: View = { name: name.trim(), sortProp, sortOrder, presence };
  if (filtersJson === undefined) return { view };
  const { filters, problems } = parseFilters(filtersJson, 'others');
  if (filters) return { view: { ...view, filters } };
  const [problem] = problems;
  return wrong(problem?.message ?? l10n.t('its filters cannot be read.'), 'filters', ...(problem?.path ?? []));
}

/** A view as settings and files hold it; `parseView` reads it back. */
export function viewToJson({ name, filters, sortProp, sortOrder, presence }: View): JsonObject {
  const members: [string, JsonValue | undefined][] = [
    ['name', name],
    ['filters', filters && filtersJson(filters)],
    ['sort_prop', sortProp],
    ['sort_order', sortOrder],
    ['presence', presence && [...presence]],
  ];
  return Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
}

function isTextList(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

/** Whether two queries ask for the same leads in the same order, defaults of the service written out or not. */
export function sameQuery(one: LeadsQuery, other: LeadsQuery): boolean {
  return sameJson(canonical(one), canonical(other));
}

function canonical({ filters, sortProp = defaultSortProp, sortOrder = 'desc', presence = [] }: LeadsQuery): JsonValue {
  const asked = filters && filters.filters.length > 0 ? filtersJson(filters) : null;
  return [asked, sortProp, sortOrder, [...presence].sort()];
}

/** A view that everybody has, and what it shows in words. */
export interface BuiltInView extends View {
  /** What it is kept by, in whatever language its name is. */
  readonly id: string;
  readonly detail: string;
}

/** What people ask for that the API cannot tell, and why: said where views are chosen, instead of a view that lies. */
export const missingView = {
  name: l10n.t('New this week'),
  detail: l10n.t('Cannot be shown: the API does not tell when a lead was first seen.'),
};

/** The view of everybody. */
export const allLeads: BuiltInView = {
  id: 'all',
  name: l10n.t('All leads'),
  detail: l10n.t('Everybody, who came last first'),
};

/** The views that everybody has. */
export function builtInViews(): BuiltInView[] {
  return [
    allLeads,
    {
      id: 'today',
      name: l10n.t('Came today'),
      detail: l10n.t('Last seen since midnight'),
      filters: filtersOf('and', [condition.date('after', '$last_seen', today)]),
    },
    {
      id: 'email',
      name: l10n.t('With e-mail'),
      detail: l10n.t('E-mail is set'),
      filters: filtersOf('and', [condition.none('known', '$email')]),
    },
    {
      id: 'phone',
      name: l10n.t('With phone'),
      detail: l10n.t('Phone is set'),
      filters: filtersOf('and', [condition.none('known', '$phone')]),
    },
    {
      id: 'noContacts',
      name: l10n.t('Without contacts'),
      detail: l10n.t('Neither e-mail nor phone is set'),
      filters: filtersOf('and', [condition.none('unknown', '$email'), condition.none('unknown', '$phone')]),
    },
    {
      id: 'neverContacted',
      name: l10n.t('Never contacted'),
      detail: l10n.t('Nobody has written to them: last contacted is not set'),
      filters: filtersOf('and', [condition.none('unknown', '$last_contacted')]),
    },
  ];
}

/** Where it is kept which view of each app is looked at: a workspace's state. */
export type ViewMemory = Pick<vscode.Memento, 'get' | 'update'>;

// eslint-disable-next-line no-restricted-syntax -- a key of the memory, which nobody reads
const memoryOf = (app: string): string => `view of ${app}`;

/** The name in the memory of what is looked at and is no view, and what a built-in view's begins with. Nobody types it. */
const unnamed = '\u0000';

/** The query of a view, without its name. */
export function queryOf({ filters, sortProp, sortOrder, presence }: LeadsQuery): LeadsQuery {
  return { filters, sortProp, sortOrder, presence };
}

/** What was looked at last in an app; undefined when that is not known. */
export function rememberedView(memory: ViewMemory, app: string): View | undefined {
  const stored = memory.get<JsonValue>(memoryOf(app));
  const parsed = stored === undefined ? undefined : parseView(stored);
  if (!parsed || !('view' in parsed)) return undefined;
  const { view } = parsed;
  return builtInViews().find(({ id }) => view.name === `${unnamed}${id}`) ?? view;
}

/** What a view is called in the memory: a built-in one may have its name in another language next time. */
function rememberedName(view: View): string {
  const builtIn = builtInViews().find((one) => one.name === view.name && sameQuery(one, view));
  return builtIn ? `${unnamed}${builtIn.id}` : view.name;
}

/**
 * Which view is looked at. The query itself belongs to `CurrentLeads`; here is only the name it was chosen by, which is
 * given as long as the query is still that of the view. Over a reload each app keeps its own, unless it holds a
 * contact: those are not kept on the disk.
 */
export class CurrentView {
  private readonly changed = new Emitter();
  private readonly subscription: { dispose(): void };
  private chosen: View = allLeads;
  private app: string | undefined;

  /** Another view is looked at, or the query of this one changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly current: CurrentLeads,
    private readonly memory: ViewMemory,
  ) {
    this.subscription = current.onDidChangeList(() => this.listChanged());
  }

  /** The name of the view; undefined while filter, order or presence differ from it. */
  get name(): string | undefined {
    return sameQuery(this.chosen, this.current.query) ? this.chosen.name : undefined;
  }

  /** Looks at a view. */
  show(view: View): void {
    this.chosen = view;
    if (sameQuery(view, this.current.query)) this.keep();
    else this.current.setQuery(queryOf(view));
  }

  /** The view keeps its query and gets this name: it was saved or renamed. */
  called(view: View): void {
    this.chosen = view;
    this.keep();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private listChanged(): void {
    const app = this.current.connection?.key;
    if (app === this.app || app === undefined) {
      this.keep();
      return;
    }
    this.app = app;
    const view = rememberedView(this.memory, app);
    this.chosen = view && !view.name.startsWith(unnamed) ? view : allLeads;
    this.changed.fire();
  }

  private keep(): void {
    const { connection, query } = this.current;
    const name = this.name === undefined ? unnamed : rememberedName(this.chosen);
    const view = { ...queryOf(query), name };
    const kept = holdsContact(view) ? undefined : viewToJson(view);
    if (connection) void this.memory.update(memoryOf(connection.key), kept);
    this.changed.fire();
  }
}

/** Whether masking would change a view: a contact in its name, in what it is sorted by, or in its filter. */
function holdsContact({ name, filters, sortProp = '' }: View): boolean {
  const inFilters = filters !== undefined && holdsContacts(filters, new Masking('', true));
  return inFilters || holdsContactForm(name) || holdsContactForm(sortProp);
}
