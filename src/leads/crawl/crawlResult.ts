import { describeWindow, type LeadWindow } from './window';

/** Leads that could not be had. */
export interface MissingLeads {
  readonly count: number;
  /** Which part of the view they belong to. */
  readonly window: LeadWindow;
  readonly why: 'undividable' | 'undecodable' | 'moving' | 'unplaced';
}

/** What a walk has to answer for. */
export interface CrawlResult {
  /** The service's total when the walk began and when it ended. */
  readonly promised: number;
  readonly promisedAtEnd: number;
  /** How many different leads the walk gave, in all its sessions. */
  readonly came: number;
  /** How many of the leads the service counts at the end could not be had: the sum of `reasons`. */
  readonly missing: number;
  readonly reasons: readonly MissingLeads[];
  /** How many leads were met more than once, in windows that overlap or because they moved, and given once. */
  readonly duplicates: number;
  readonly windows: number;
  /** How many windows were read again because they had changed. */
  readonly readAgain: number;
  readonly requests: number;
}

/** A reason in one sentence. */
export function describeMissing({ count, window, why }: MissingLeads): string {
  const leads = count === 1 ? '1 lead' : `${count.toLocaleString('en')} leads`;
  const where = describeWindow(window);
  switch (why) {
    case 'undividable':
      return `${leads} of ${where}: more than 10,000 leads there are alike in everything the service can filter by, `
        + 'and they were not among the first or last 10,000 in any order tried.';
    case 'undecodable':
      return `${leads} of ${where}: their records came without an id or in a form that could not be read.`;
    case 'unplaced':
      return `${leads}: they are in none of the windows the view was cut into, because they came in the last moments or `
        + 'because a date or a number of theirs is neither.';
    case 'moving':
      return `${leads} of ${where}: they came or moved faster than they could be read.`;
  }
}
