import { type Filter, type Reading, readValue } from './matcher';
import type { SampleProps, SampleValue } from './sampleLead';

type Cell = SampleValue | undefined;
type Order = 'asc' | 'desc';

/** Numbers, then text (without case), then booleans, then lists; chosen, as nothing says how unlike values compare. */
function rank(value: Cell): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 0;
    case 'string':
      return 1;
    case 'boolean':
      return 2;
    default:
      return 3;
  }
}

function compareKeys(one: Cell, other: Cell): number {
  if (typeof one !== typeof other && rank(one) !== rank(other)) {
    return rank(one) - rank(other);
  }
  return (one as string) < (other as string) ? -1 : (one as string) > (other as string) ? 1 : 0;
}

function compareText(one: Cell, other: Cell): number {
  return one === other ? 0 : (one as string) < (other as string) ? -1 : 1;
}

function sortKey(value: Cell): Cell {
  return typeof value === 'string'
    ? value.toLowerCase()
    : Array.isArray(value)
      ? value.join('\n').toLowerCase()
      : value;
}

/** A property may be called `toString` or `__proto__`: only own ones count. */
function cellOf(props: SampleProps | undefined, property: string): Cell {
  return props && Object.hasOwn(props, property) ? props[property] : undefined;
}

/**
 * Answers queries over leads that it does not hold: of the properties that were asked about it keeps the values in
 * columns, of the sorts that were asked for the order. A change of one lead moves one row, so that walking 250,000 leads
 * while some of them change does not sort 250,000 leads at every change.
 */
export class LeadTable {
  private readonly columns = new Map<string, Cell[]>();
  /** Columns as conditions read them. */
  private readonly readColumns = new Map<
    string,
    { readonly property: string; readonly reading: Reading; readonly cells: Cell[] }
  >();
  private readonly orders = new Map<
    string,
    { readonly property: string; readonly order: Order; places: Int32Array; used: number }
  >();

  /**
   * Places run from 0 to `size() - 1`. `propsAt` gives at least the named properties of the lead at a place, and
   * `undefined` for a lead that is gone.
   */
  constructor(
    private readonly size: () => number,
    private readonly propsAt: (place: number, properties: readonly string[]) => SampleProps | undefined,
  ) {}

  /** The places of the leads that match, in order. `now`: milliseconds since 1970. */
  select(filter: Filter, property: string, order: Order, now: number): Int32Array {
    this.prepareColumns([property, ...filter.matchers.map((matcher) => matcher.property)]);
    const sorted = this.sorted(property, order);
    if (filter.matchers.length === 0) {
      return sorted.slice();
    }
    const passing = this.passing(filter, now);
    return sorted.filter((place) => passing[place] === 1);
  }

  /**
   * By place, 1 for a lead that passes. Goes by place as the columns do: in sorted order most time would go into waiting
   * for memory.
   */
  private passing(filter: Filter, now: number): Uint8Array {
    const undecided = filter.every ? 1 : 0;
    const passing = new Uint8Array(this.size()).fill(undecided);
    for (const { property, reading, matches } of filter.matchers) {
      const cells = this.readColumn(property, reading);
      for (let place = 0; place < passing.length; place++) {
        if (passing[place] === undecided) {
          passing[place] = matches(cells[place], now) ? 1 : 0;
        }
      }
    }
    return passing;
  }

  /** To be called after the lead at this place was added, changed or removed. */
  update(place: number): void {
    const props = this.propsAt(place, [...this.columns.keys()]);
    for (const order of this.orders.values()) {
      const row = order.places.subarray(0, order.used).indexOf(place);
      if (row >= 0) {
        order.places.copyWithin(row, row + 1, order.used);
        order.used--;
      }
    }
    for (const [property, cells] of this.columns) {
      cells[place] = cellOf(props, property);
    }
    for (const { property, reading, cells } of this.readColumns.values()) {
      cells[place] = readValue(cellOf(props, property), reading);
    }
    for (const order of props ? this.orders.values() : []) {
      this.insert(order, place);
    }
  }

  private insert(order: { property: string; order: Order; places: Int32Array; used: number }, place: number): void {
    if (order.used === order.places.length) {
      const larger = new Int32Array(order.used * 2 + 16);
      larger.set(order.places);
      order.places = larger;
    }
    const compare = this.comparer(order.property, order.order);
    let low = 0;
    let high = order.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(order.places[middle] ?? 0, place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    order.places.copyWithin(low + 1, low, order.used);
    order.places[low] = place;
    order.used++;
  }

  /** Leads without the property last in both orders, ties by id (which is by place): chosen (API.md, section 6). */
  private comparer(property: string, order: Order): (one: number, other: number) => number {
    const cells = this.columns.get(property) ?? [];
    const sign = order === 'asc' ? 1 : -1;
    return (one, other) => {
      const left = cells[one];
      const right = cells[other];
      if (left === undefined || right === undefined) {
        return left === right ? one - other : left === undefined ? 1 : -1;
      }
      return sign * compareKeys(sortKey(left), sortKey(right)) || one - other;
    };
  }

  private sorted(property: string, order: Order): Int32Array {
    const key = `${order} ${property}`;
    let found = this.orders.get(key);
    if (!found) {
      const cells = this.columns.get(property) ?? [];
      const keys = cells.map(sortKey);
      const places = new Int32Array(this.size());
      let used = 0;
      const without: number[] = [];
      for (let place = 0; place < this.size(); place++) {
        if (keys[place] !== undefined) {
          places[used++] = place;
        } else if (this.propsAt(place, [property])) {
          without.push(place);
        }
      }
      const sign = order === 'asc' ? 1 : -1;
      const compare = keys.every((key) => key === undefined || typeof key === 'string') ? compareText : compareKeys;
      places.subarray(0, used).sort((one, other) => sign * compare(keys[one], keys[other]) || one - other);
      places.set(without, used);
      found = { property, order, places, used: used + without.length };
      this.orders.set(key, found);
    }
    return found.places.subarray(0, found.used);
  }

  private readColumn(property: string, reading: Reading): Cell[] {
    const column = this.columns.get(property) ?? [];
    if (reading === 'value') {
      return column;
    }
    const key = `${reading} ${property}`;
    let found = this.readColumns.get(key);
    if (!found) {
      found = { property, reading, cells: column.map((value) => readValue(value, reading)) };
      this.readColumns.set(key, found);
    }
    return found.cells;
  }

  /** Makes the columns that are missing, all in one pass over the leads. */
  private prepareColumns(properties: readonly string[]): void {
    const missing = [...new Set(properties)].filter((property) => !this.columns.has(property));
    if (missing.length === 0) {
      return;
    }
    const made = missing.map((property) => ({ property, cells: new Array<Cell>(this.size()).fill(undefined) }));
    for (let place = 0; place < this.size(); place++) {
      const props = this.propsAt(place, missing);
      for (const { property, cells } of props ? made : []) {
        cells[place] = cellOf(props, property);
      }
    }
    for (const { property, cells } of made) {
      this.columns.set(property, cells);
    }
  }
}
