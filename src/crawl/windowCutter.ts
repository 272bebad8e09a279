import { alternatives } from '../dashly/conditions';
import { minute } from '../dashly/dates';
import { type Lead, queryCap, type SortOrder } from '../dashly/lead';
import { cutByDate } from './cutByDate';
import { cutByNumber, cutByText } from './cutByValue';
import type { PatientSource } from './patientSource';
import { dateInMs, plainValue, sortableKind, sortableProperties, textProperties } from './sortableProperty';
import { WindowCounter } from './windowCounter';
import {
  type CountedWindow,
  type LeadWindow,
  wholeWindow,
  windowByItsEnds,
  type WindowPart,
  type WindowSort,
  type WindowTask,
  withPart,
} from './windows';

export interface WindowCutterOptions {
  /** What the person sorts by. */
  readonly sortProp?: string;
  readonly sortOrder?: SortOrder;
  /** Called whenever a window is ready, with how many leads are in windows now. */
  readonly onCut?: (windows: number) => void;
}

/** Leads in a window must leave room for those that come until it is read. */
const fits = 9_500;
/** How far a window that no number or date divides is divided by texts, at most. */
const mostTextParts = 12;
/** How many orders a window that cannot be divided is read in, at most: each shows other leads at its ends. */
const mostOrders = 8;

/**
 * How much of the leads that have a property its parts must hold: leads move while they are counted, but a service may also
 * not find what it sorts by, such as numbers that are too large for it.
 */
const leastHeld = 0.99;
/** How many leads of a window are read at least when it is read from its ends. */
const heldByEnds = 2 * queryCap;

/** A window cut by a property. */
interface Division {
  readonly parts: readonly CountedWindow[];
  /** How many leads have the property, and how many of them are in the parts. */
  readonly count: number;
  readonly held: number;
}

/** Cuts a window into windows that one query each can read, by what the filter language can say. */
export class WindowCutter {
  private readonly counter: WindowCounter;
  private ready = 0;

  constructor(
    source: PatientSource,
    signal: AbortSignal,
    private readonly options: WindowCutterOptions,
  ) {
    this.counter = new WindowCounter(source, signal, fits);
  }

  /**
   * @param counted a window and its count
   * @returns tasks that together hold every lead of the window, in the order the person sorts by where that is the
   *   property they were cut by
   */
  async cut(counted: CountedWindow): Promise<WindowTask[]> {
    const { window, count } = counted;
    if (count <= fits) {
      return this.done(wholeWindow(counted, this.sortWithin(window)));
    }
    const several = alternatives(window.own);
    if (several.length > 1) {
      return this.cutAll(await Promise.all(several.map((own) => this.counted({ own, parts: window.parts }))));
    }
    const sample = await this.counter.sample(window);
    let fullest: Division | undefined;
    for (const prop of sortableProperties(this.options.sortProp, sample)) {
      if (!window.parts.some((part) => part.prop === prop)) {
        const division = await this.cutBy(prop, counted);
        if (division && division.held >= division.count * leastHeld) {
          return this.cutAll(division.parts);
        }
        if (division && division.held > (fullest?.held ?? heldByEnds)) {
          fullest = division;
        }
      }
    }
    if (fullest) {
      return this.cutAll(fullest.parts);
    }
    const texts = textProperties(sample);
    if (window.parts.filter((part) => part.kind === 'contains' || part.kind === 'lacks').length < mostTextParts) {
      for (const prop of texts.slice(0, 4)) {
        const parts = await cutByText(this.counter, counted, prop, sample);
        if (parts) {
          return this.cutAll(parts);
        }
      }
    }
    return this.done(windowByItsEnds(counted, this.orders(sample, texts)));
  }

  /**
   * For a window whose leads change places where they are equal in the order it was read in.
   * @returns tasks that read it in the orders in which the fewest leads are equal, one after another until all are met
   */
  async cutSteadily(window: LeadWindow): Promise<WindowTask[]> {
    const counted = await this.counted(window);
    if (counted.count > fits) {
      return this.cut(counted);
    }
    const sample = await this.counter.sample(window);
    return this.done(windowByItsEnds(counted, mostDifferent(this.orders(sample, textProperties(sample)), sample)));
  }

  /** A window with its count. */
  async counted(window: LeadWindow): Promise<CountedWindow> {
    return { window, count: await this.counter.count(window) };
  }

  /**
   * Whether a window that is said to hold exactly as many leads as one query gives holds no more: some services count no
   * further. Its leads are counted in two parts, and those in both.
   */
  async isWhole(window: LeadWindow): Promise<boolean> {
    if (alternatives(window.own).length > 1) {
      return false;
    }
    const prop = '$last_seen';
    const { value: middle } = await this.counter.valueAt(window, prop, 'desc', queryCap / 2);
    const [one, other] = halves(prop, middle, Date.now());
    // In this order none is left out: dates are counted back from when each is answered.
    const counts = [
      await this.counter.count(withPart(window, one)),
      -(await this.counter.count(withPart(withPart(window, one), other))),
      await this.counter.count(withPart(window, other)),
    ];
    return counts.every((count) => count < queryCap) && counts.reduce((sum, count) => sum + count, 0) <= queryCap;
  }

  /** Undefined when the property does not divide the window. */
  private async cutBy(prop: string, { window, count }: CountedWindow): Promise<Division | undefined> {
    const known = withPart(window, { kind: 'known', prop });
    const [newest, oldest] = await Promise.all([
      this.counter.valueAt(known, prop, 'desc', 0),
      this.counter.valueAt(known, prop, 'asc', 0),
    ]);
    const kind = sortableKind(newest.value);
    if (newest.count === 0 || (kind !== 'date' && kind !== 'number')) {
      return undefined;
    }
    if (plainValue(newest.value) === plainValue(oldest.value) && newest.count >= count) {
      return undefined;
    }
    const cut = kind === 'date' ? cutByDate : cutByNumber;
    const parts = await cut(this.counter, { window, count: newest.count }, prop, newest.value, oldest.value);
    if (!parts) {
      return undefined;
    }
    const held = parts.reduce((sum, part) => sum + part.count, 0);
    if (prop === this.options.sortProp && this.options.sortOrder === 'asc') {
      parts.reverse();
    }
    const unknown = await this.counted(withPart(window, { kind: 'unknown', prop }));
    return { parts: unknown.count > 0 ? [...parts, unknown] : parts, count: newest.count, held };
  }

  private async cutAll(parts: readonly CountedWindow[]): Promise<WindowTask[]> {
    const tasks: WindowTask[] = [];
    for (const part of parts) {
      tasks.push(...(await this.cut(part)));
    }
    return tasks;
  }

  private done(task: WindowTask): WindowTask[] {
    this.ready += 1;
    this.options.onCut?.(this.ready);
    return [task];
  }

  private orders(sample: readonly Lead[], texts: readonly string[]): string[] {
    return [...new Set([...sortableProperties(this.options.sortProp, sample), ...texts])].slice(0, mostOrders);
  }

  /** The person's own order where it is one the window can be read in, else the order of what it was cut by. */
  private sortWithin({ parts }: LeadWindow): WindowSort {
    const { sortProp: prop, sortOrder: order } = this.options;
    return { prop, order: order ?? (parts.length > 0 ? 'desc' : undefined) };
  }
}

/** Properties in the order of how many values they have among some leads, the most first. */
function mostDifferent(props: readonly string[], sample: readonly Lead[]): string[] {
  const values = (prop: string): number =>
    new Set(sample.map(({ props: of }) => plainValue(of[prop])).filter((value) => value !== undefined)).size;
  return [...props].sort((one, other) => values(other) - values(one));
}

/** Two parts in one of which every lead is, about half of them each where the property's value in the middle divides them. */
function halves(prop: string, middle: unknown, now: number): readonly [WindowPart, WindowPart] {
  const date = dateInMs(middle);
  if (date === undefined) {
    return [
      { kind: 'known', prop },
      { kind: 'unknown', prop },
    ];
  }
  // Half a minute from where another request would count back one more; a minute is in both, because bounds are strict.
  const bound = now - (Math.floor((now - date) / minute) + 0.5) * minute;
  return [
    { kind: 'date', prop, from: bound },
    { kind: 'quiet', prop, to: bound + minute },
  ];
}
