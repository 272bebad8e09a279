import * as l10n from '@vscode/l10n';
import type { JsonValue } from '../dashly/json';
import type { LeadsQuery } from '../dashly/lead';
import { readSegmentFilters, type Segment } from '../dashly/segment';
import { askModally, showWarningMessage } from '../editor/window';
import type { Masking } from '../leads/masking';
import { unknownConditionWords } from '../leads/queryWords';
import { grouped, plural } from '../language';
import { singleLine } from '../leads/text';
import { longestName, shownName, type View } from './view';

/** What a segment is called: its name, as long as that of a view can be. */
export function segmentName({ id, name }: Segment): string {
  const line = singleLine(name, longestName);
  return line === '' ? l10n.t('Segment {0}', singleLine(id, longestName / 2)).trim() : line;
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
    const message = l10n.t('The leads of the segment “{0}” cannot be shown: its filter cannot be read.', name);
    void showWarningMessage(message);
    return undefined;
  }
  const { filters, unknown } = read;
  const reason = plural(
    unknown.length,
    l10n.t(
      'The list of leads cannot be asked for this condition:|The list of leads cannot be asked for these {0} conditions:',
    ),
  );
  const detail = `${reason}\n\n${named(unknown, masking)}`;
  if (filters.filters.length === 0) {
    await askModally(l10n.t('The leads of the segment “{0}” cannot be shown.', name), detail);
    return undefined;
  }
  const forms =
    filters.type === 'and'
      ? l10n.t(
          'Without it, the list holds leads that are not in the segment, too.|Without them, the list holds leads that are not in the segment, too.',
        )
      : l10n.t(
          'Without it, the list holds only some of its leads.|Without them, the list holds only some of its leads.',
        );
  const others = plural(unknown.length, forms);
  const go = plural(unknown.length, l10n.t('Show Without It|Show Without Them'));
  const chosen = await askModally(l10n.t('“{0}” cannot be shown as it is.', name), `${detail}\n\n${others}`, go);
  return chosen === go ? { filters } : undefined;
}

function named(unknown: readonly JsonValue[], masking: Masking): string {
  const lines = unknown.slice(0, mostNamed).map((one) => `– ${unknownConditionWords(one, masking)}`);
  const more = unknown.length - lines.length;
  return [...lines, ...(more > 0 ? [l10n.t('– and {0} more', grouped(more))] : [])].join('\n');
}

/** Arguments of commands come from anywhere. */
export function isSegment(given: unknown): given is Segment {
  if (typeof given !== 'object' || given === null) return false;
  const { id, name, filters } = given as Readonly<Record<keyof Segment, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && ['string', 'undefined'].includes(typeof filters);
}
