import type * as vscode from 'vscode';
import { condition, filtersOf } from '../dashly/conditions';
import { filtersJson, parseFilters } from '../dashly/filterJson';
import { isJsonObject, type JsonObject, type JsonValue, sameJson } from '../dashly/json';
import { defaultSortProp, type LeadsQuery } from '../dashly/lead';
import { today } from '../dashly/dates';
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
  if (name.trim() === '') return 'A view needs a name.';
  return name.trim().length > longestName ? `The name has more than ${longestName} characters.` : undefined;
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
  if (!isJsonObject(json)) return { problem: 'A view must be an object.', path: [] };
  const { name, filters: filtersJson, sort_prop: sortProp, sort_order: sortOrder, presence } = json;
  if (typeof name !== 'string') return { problem: 'A view must have a “name”.', path: ['name'] };
  const nameProblem = viewNameProblem(name);
  if (nameProblem !== undefined) return { problem: nameProblem, path: ['name'] };
  const wrong = (what: string, ...path: (string | number)[]): ParsedView => ({
    problem: `View “${name}”: ${what}`,
    path,
  });
  if (sortProp !== undefined && (typeof sortProp !== 'string' || sortProp === ''))
    return wrong('“sort_prop” must be the name of a property.', 'sort_prop');
  if (sortOrder !== undefined && sortOrder !== 'asc' && sortOrder !== 'desc')
    return wrong('“sort_order” must be “asc” or “desc”.', 'sort_order');
  if (presence !== undefined && !isTextList(presence))
    return wrong('“presence” must be a list of presences, such as “online”.', 'presence');
  const view: View = { name: name.trim(), sortProp, sortOrder, presence };
  if (filtersJson === undefined) return { view };
  const { filters, problems } = parseFilters(filtersJson);
  if (filters) return { view: { ...view, filters } };
  const [problem] = problems;
  return wrong(problem?.message ?? 'its filters cannot be read.', 'filters', ...(problem?.path ?? []));
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
  readonly detail: string;
}

/** What people ask for that the API cannot tell, and why: said where views are chosen, instead of a view that lies. */
export const missingView = {
  name: 'New this week',
  detail: 'Cannot be shown: the API does not tell when a lead was first seen.',
};

/** The view of everybody. */
export const allLeads: BuiltInView = { name: 'All leads', detail: 'Everybody, who came last first' };

/** The views that everybody has. */
export function builtInViews(): BuiltInView[] {
  return [
    allLeads,
    {
      name: 'Came today',
      detail: 'Last seen since midnight',
      filters: filtersOf('and', [condition.date('after', '$last_seen', today)]),
    },
    { name: 'With e-mail', detail: 'E-mail is set', filters: filtersOf('and', [condition.none('known', '$email')]) },
    { name: 'With phone', detail: 'Phone is set', filters: filtersOf('and', [condition.none('known', '$phone')]) },
    {
      name: 'Without contacts',
      detail: 'Neither e-mail nor phone is set',
      filters: filtersOf('and', [condition.none('unknown', '$email'), condition.none('unknown', '$phone')]),
    },
    {
      name: 'Never contacted',
      detail: 'Nobody has written to them: last contacted is not set',
      filters: filtersOf('and', [condition.none('unknown', '$last_contacted')]),
    },
  ];
}

/** Where it is kept which view of each app is looked at: a workspace's state. */
export type ViewMemory = Pick<vscode.Memento, 'get' | 'update'>;

const memoryOf = (app: string): string => `view of ${app}`;

/** The name in the memory of what is looked at and is no view. Nobody types it. */
const unnamed = '\u0000';

/** The query of a view, without its name. */
export function queryOf({ filters, sortProp, sortOrder, presence }: LeadsQuery): LeadsQuery {
  return { filters, sortProp, sortOrder, presence };
}

/** What was looked at last in an app; undefined when that is not known. */
export function rememberedView(memory: ViewMemory, app: string): View | undefined {
  const stored = memory.get<JsonValue>(memoryOf(app));
  const parsed = stored === undefined ? undefined : parseView(stored);
  return parsed && 'view' in parsed ? parsed.view : undefined;
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
    this.chosen = view && view.name !== unnamed ? view : allLeads;
    this.changed.fire();
  }

  private keep(): void {
    const { connection, query } = this.current;
    const view = { ...queryOf(query), name: this.name ?? unnamed };
    const kept = holdsContact(view) ? undefined : viewToJson(view);
    if (connection) void this.memory.update(memoryOf(connection.key), kept);
    this.changed.fire();
  }
}

/** Whether masking would change a view: a contact in its name, in what it is sorted by, or in its filter. */
function holdsContact({ name, filters, sortProp = '' }: View): boolean {
  const masking = new Masking('', true);
  return (
    masking.text(name) !== name ||
    masking.name(sortProp) !== sortProp ||
    (filters !== undefined && holdsContacts(filters, masking))
  );
}
