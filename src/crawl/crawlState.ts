import { parseFilters } from '../dashly/filterJson';
import type { Filters, LeadsQuery } from '../dashly/lead';
import { flag, list, MalformedError, number, object, oneOf, optional, type Shape, text, union, whole } from './shape';
import type { LeadWindow, WindowOutcome, WindowPart, WindowSort, WindowTask } from './windows';

/** Where a crawl stands. Plain JSON: with it, and the ids that were given, a crawl goes on after the program has ended. */
export interface CrawlState {
  readonly version: 2;
  readonly query: LeadsQuery;
  /** ms since 1970 */
  readonly startedAt: number;
  /** How many leads the service counted when it began. */
  readonly countedAtStart: number;
  readonly tasks: readonly WindowTask[];
}

/** More windows than any app needs: at two million leads there are some hundreds. */
const mostTasks = 100_000;
/** Each cut adds one part, each text at most one a character. */
const mostParts = 100;
const mostPasses = 100;

const name = text(10_000);
/** The moments JavaScript can write as a date. */
const moment = number(-8.64e15, 8.64e15);
const anyNumber = number(-Number.MAX_VALUE, Number.MAX_VALUE);

const filters: Shape<Filters> = (value) => {
  const { filters: read, problems } = parseFilters(value ?? null);
  if (!read || problems.length > 0) {
    throw new MalformedError('There are no filters where some should be.');
  }
  return read;
};

const part = union<WindowPart>({
  date: object({ kind: oneOf('date'), prop: name, from: optional(moment), to: optional(moment) }),
  number: object({ kind: oneOf('number'), prop: name, above: optional(anyNumber), below: optional(anyNumber) }),
  range: object({ kind: oneOf('range'), prop: name, from: anyNumber, below: anyNumber }),
  equal: object({ kind: oneOf('equal'), prop: name, number: anyNumber }),
  known: object({ kind: oneOf('known'), prop: name }),
  unknown: object({ kind: oneOf('unknown'), prop: name }),
  quiet: object({ kind: oneOf('quiet'), prop: name, to: moment }),
  contains: object({ kind: oneOf('contains'), prop: name, text: name }),
  lacks: object({ kind: oneOf('lacks'), prop: name, text: name }),
});

const order = optional(oneOf('asc', 'desc'));

const task = object<WindowTask>({
  window: object<LeadWindow>({ own: optional(filters), parts: list(part, mostParts) }),
  passes: list(object<WindowSort>({ prop: optional(name), order }), mostPasses),
  expected: whole,
  outcome: optional(
    object<WindowOutcome>({
      ...{ found: whole, total: whole, moved: flag, gaveNew: optional(flag), gap: flag },
      ...{ undecodable: whole, unsteady: flag },
    }),
  ),
});

/** A state as it is written; see `Shape`. */
export const crawlState: Shape<CrawlState> = object<CrawlState>({
  version: oneOf(2),
  query: object<LeadsQuery>({
    filters: optional(filters),
    sortProp: optional(name),
    sortOrder: order,
    presence: optional(list(name, 100)),
  }),
  startedAt: moment,
  countedAtStart: whole,
  tasks: list(task, mostTasks),
});
