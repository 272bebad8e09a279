import * as l10n from '@vscode/l10n';
import { plural } from '../language';
import type { LeadWindow, WindowPart } from './windows';

/** Leads that could not be read. */
export interface MissingLeads {
  /** Undefined where the service does not say: some count no further than 10,000. */
  readonly count: number | undefined;
  /** Which part of the view they belong to. */
  readonly window: LeadWindow;
  readonly why: 'undividable' | 'undecodable' | 'moving' | 'unsteady' | 'unplaced';
}

/** A reason in one sentence. */
export function describeMissing({ count, window, why }: MissingLeads): string {
  const leads = count === undefined ? 'Perhaps more leads' : plural(count, l10n.t('{0} lead|{0} leads'));
  const where = describeWindow(window);
  switch (why) {
    case 'undividable':
      return count === undefined
        ? `${leads} of ${where}: the service counts no further than 10,000, and nothing it can filter by divides them.`
        : `${leads} of ${where}: more than 10,000 leads there are alike in everything the service can filter by, ` +
            'and they were not among the first or last 10,000 in any order tried.';
    case 'undecodable':
      return `${leads} of ${where}: their records came without an id or in a form that could not be read.`;
    case 'unplaced':
      return (
        `${leads}: they are in none of the windows the view was cut into, because they came in the last moments or ` +
        'because a date or a number of theirs is neither.'
      );
    case 'moving':
      return `${leads} of ${where}: they came or moved faster than they could be read.`;
    case 'unsteady':
      return (
        `${leads} of ${where}: the service lists leads that are equal in what they are sorted by in another order each ` +
        'time, and no order was found in which they all could be read.'
      );
  }
}

/** A window in words, without values of a lead's contacts: for the log and the result. */
function describeWindow({ parts }: LeadWindow): string {
  return parts.length === 0 ? 'the whole view' : parts.map(describePart).join(', ');
}

function describePart(part: WindowPart): string {
  switch (part.kind) {
    case 'known':
      return `${part.prop} set`;
    case 'unknown':
      return `${part.prop} not set`;
    case 'contains':
      return `${part.prop} with “${part.text}”`;
    case 'lacks':
      return `${part.prop} without “${part.text}”`;
    case 'quiet':
      return `${part.prop} before ${new Date(part.to).toISOString()} or not set`;
    case 'date': {
      const from = part.from === undefined ? '' : ` from ${new Date(part.from).toISOString()}`;
      const to = part.to === undefined ? '' : ` before ${new Date(part.to).toISOString()}`;
      return `${part.prop}${from}${to}${from + to === '' ? ' set' : ''}`;
    }
    case 'number': {
      const bounds = [
        part.above === undefined ? '' : `above ${part.above}`,
        part.from === undefined ? '' : `from ${part.from}`,
        part.to === undefined ? '' : `to ${part.to}`,
        part.below === undefined ? '' : `below ${part.below}`,
      ].filter((bound) => bound !== '');
      return `${part.prop} ${bounds.length > 0 ? bounds.join(' ') : 'set'}`;
    }
  }
}
