import type { Lead, SortOrder } from '../dashly/lead';
import { cutByDate } from './cutByDate';
import { cutByNumber, cutByText } from './cutByValue';
import type { PatientSource, WindowSort } from './patientSource';
import { sortableKind, sortableProperties, textProperties } from './sortableProperty';
import {
  alternatives,
  type LeadWindow,
  wholeWindow,
  windowByItsEnds,
  type WindowPart,
  type WindowTask,
} from './windows';

/** A window and how many leads it holds. */
export interface CountedWindow {
  readonly window: LeadWindow;
  readonly count: number;
}

export interface WindowCutterOptions {
  /** What the person sorts by. */
  readonly sortProp?: string;
  readonly sortOrder?: SortOrder;
  /** The most leads a window may hold; below what one query gives, because windows grow until they are read. */
  readonly fits: number;
  /** Told whenever a window is ready, with how many leads are in windows now. */
  readonly onCut?: (windows: number) => void;
}

/** How far a window that no number or date divides is divided by texts, at most. */
const mostTextParts = 12;
/** How many orders a window that cannot be divided is read in, at most: each shows other leads at its ends. */
const mostOrders = 8;

/** Cuts a window into windows that one query each can read, by what the filter language can say. */
export class WindowCutter {
  private ready = 0;

  constructor(
    readonly source: PatientSource,
    readonly signal: AbortSignal,
    readonly options: WindowCutterOptions,
  ) {}

  get fits(): number {
    return this.options.fits;
  }

  /**
   * @param counted a window and its count
   * @returns tasks that together hold every lead of the window, in the order the person sorts by where that is the
   *   property they were cut by
   */
  async cut(counted: CountedWindow): Promise<WindowTask[]> {
    const { window, count } = counted;
    if (count <= this.fits) {
      return this.done(wholeWindow(window, this.sortWithin(window), count));
    }
    const several = alternatives(window.own);
    if (several.length > 1) {
      return this.cutAll(
        await Promise.all(
          several.map(async (own): Promise<CountedWindow> => {
            const alternative = { own, parts: window.parts };
            return { window: alternative, count: await this.count(alternative) };
          }),
        ),
      );
    }
    const sample = await this.sample(window);
    for (const prop of sortableProperties(this.options.sortProp, sample)) {
      if (!window.parts.some((part) => part.prop === prop)) {
        const parts = await this.cutBy(prop, counted);
        if (parts) {
          return this.cutAll(parts);
        }
      }
    }
    const texts = textProperties(sample);
    if (window.parts.filter((part) => part.kind === 'contains' || part.kind === 'lacks').length < mostTextParts) {
      for (const prop of texts.slice(0, 4)) {
        const parts = await cutByText(this, counted, prop, sample);
        if (parts) {
          return this.cutAll(parts);
        }
      }
    }
    const orders = [...new Set([...sortableProperties(this.options.sortProp, sample), ...texts])].slice(0, mostOrders);
    return this.done(windowByItsEnds(window, orders, count));
  }

  /** How many leads a window holds. */
  count(window: LeadWindow): Promise<number> {
    return this.source.count(window, this.signal);
  }

  /** The value of a property at a place of a window in that property's order, and the window's count. */
  async valueAt(
    window: LeadWindow,
    prop: string,
    order: SortOrder,
    offset: number,
  ): Promise<{ value: unknown; count: number }> {
    const page = await this.source.page({ window, sort: { prop, order }, offset, limit: 1 }, this.signal);
    return { value: page.leads[0]?.props[prop], count: page.total };
  }

  /** Undefined when the property does not divide the window. */
  private async cutBy(prop: string, { window, count }: CountedWindow): Promise<CountedWindow[] | undefined> {
    const known = withPart(window, { kind: 'known', prop });
    const [newest, oldest] = await Promise.all([
      this.valueAt(known, prop, 'desc', 0),
      this.valueAt(known, prop, 'asc', 0),
    ]);
    const kind = sortableKind(newest.value);
    if (newest.count === 0 || (kind !== 'date' && kind !== 'number')) {
      return undefined;
    }
    if (newest.value === oldest.value && newest.count >= count) {
      return undefined;
    }
    const cut = kind === 'date' ? cutByDate : cutByNumber;
    const parts = await cut(this, { window, count: newest.count }, prop, newest.value, oldest.value);
    if (!parts) {
      return undefined;
    }
    if (prop === this.options.sortProp && this.options.sortOrder === 'asc') {
      parts.reverse();
    }
    const unknown = withPart(window, { kind: 'unknown', prop });
    const unknownCount = await this.count(unknown);
    return unknownCount > 0 ? [...parts, { window: unknown, count: unknownCount }] : parts;
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

  private async sample(window: LeadWindow): Promise<readonly Lead[]> {
    const at = (offset: number): Promise<readonly Lead[]> =>
      this.source.page({ window, sort: {}, offset, limit: 50 }, this.signal).then((page) => page.leads);
    return (await Promise.all([at(0), at(this.fits - 50)])).flat();
  }

  /** The person's own order where it is one the window can be read in, else the order of what it was cut by. */
  private sortWithin({ parts }: LeadWindow): WindowSort {
    const { sortProp: prop, sortOrder: order } = this.options;
    return { prop, order: order ?? (parts.length > 0 ? 'desc' : undefined) };
  }
}

/** A window with one restriction more. */
export function withPart(window: LeadWindow, part: WindowPart): LeadWindow {
  return { own: window.own, parts: [...window.parts, part] };
}
