import type { JsonValue } from '../dashly/json';
import type { LeadsQuery } from '../dashly/lead';
import { readSegmentFilters, type Segment } from '../dashly/segment';
import { askModally, showWarningMessage } from '../editor/window';
import type { Masking } from '../leads/masking';
import { unknownConditionWords } from '../leads/queryWords';
import { grouped } from '../language';
import { singleLine } from '../leads/text';
import { longestName, shownName, type View } from './view';

/** What a segment is called: its name, as long as that of a view can be. */
export function segmentName({ id, name }: Segment): string {
  const line = singleLine(name, longestName);
  return line === '' ? `Segment ${singleLine(id, longestName / 2)}`.trim() : line;
}

/** The view that shows the leads of a segment; undefined when the list cannot be asked for exactly these. */
export function segmentView(segment: Segment): View | undefined {
  const read = readSegmentFilters(segment);
  return read?.unknown.length === 0 ? { name: segmentName(segment), filters: read.filters } : undefined;
}

/** A segment that can be chosen. */
export interface OfferedSegment {
  readonly segment: Segment;
  /** Undefined when the list cannot be asked for exactly its leads. */
  readonly view: View | undefined;
}

/** The most conditions that are named in a message. */
const mostNamed = 5;

/**
 * Says which conditions of a segment the list of leads cannot be asked for, and asks whether to go on without them.
 * @returns what to look at then; undefined for nothing
 */
export async function askForPart(segment: Segment, masking: Masking): Promise<LeadsQuery | undefined> {
  const name = shownName({ name: segmentName(segment) }, masking);
  const read = readSegmentFilters(segment);
  if (!read) {
    void showWarningMessage(`The leads of the segment “${name}” cannot be shown: its filter cannot be read.`);
    return undefined;
  }
  const { filters, unknown } = read;
  const conditions = unknown.length === 1 ? 'this condition' : `these ${grouped(unknown.length)} conditions`;
  const reason = `The list of leads cannot be asked for ${conditions}:`;
  const detail = `${reason}\n\n${named(unknown, masking)}`;
  if (filters.filters.length === 0) {
    await askModally(`The leads of the segment “${name}” cannot be shown.`, detail);
    return undefined;
  }
  const without = unknown.length === 1 ? 'it' : 'them';
  const holds = filters.type === 'and' ? 'leads that are not in the segment, too' : 'only some of its leads';
  const others = `Without ${without}, the list holds ${holds}.`;
  const go = unknown.length === 1 ? 'Show Without It' : 'Show Without Them';
  const chosen = await askModally(`“${name}” cannot be shown as it is.`, `${detail}\n\n${others}`, go);
  return chosen === go ? { filters } : undefined;
}

function named(unknown: readonly JsonValue[], masking: Masking): string {
  const lines = unknown.slice(0, mostNamed).map((one) => `– ${unknownConditionWords(one, masking)}`);
  const more = unknown.length - lines.length;
  return [...lines, ...(more > 0 ? [`– and ${more} more`] : [])].join('\n');
}

/** Arguments of commands come from anywhere. */
export function isSegment(given: unknown): given is Segment {
  if (typeof given !== 'object' || given === null) return false;
  const { id, name, filters } = given as Readonly<Record<keyof Segment, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && ['string', 'undefined'].includes(typeof filters);
}
