import * as l10n from '@vscode/l10n';
import { propertySentence } from '../dashly/filterJson';
import { plural } from '../language';
import { hidden, maskContactForms } from '../leads/contactForms';
import { contactKind } from '../leads/properties';
import { singleLine } from '../leads/text';
import type { LeadWindow, WindowPart } from './windows';

/** Leads that could not be read. */
export interface MissingLeads {
  /** Undefined where the service does not say: some count no further than 10,000. */
  readonly count: number | undefined;
  /** Which part of the view they belong to. */
  readonly window: LeadWindow;
  readonly why: 'undividable' | 'undecodable' | 'moving' | 'unsteady' | 'unplaced';
}

/** A reason in one sentence, for the log: without what a lead's contacts are, whatever the window was cut by. */
export function describeMissing({ count, window, why }: MissingLeads): string {
  const where = describeWindow(window);
  const leads =
    count === undefined
      ? l10n.t('Perhaps more leads of {0}', where)
      : plural(count, l10n.t('{0} lead of {1}|{0} leads of {1}'), where);
  switch (why) {
    case 'undividable':
      return count === undefined
        ? l10n.t('{0}: the service counts no further than 10,000, and nothing it can filter by divides them.', leads)
        : l10n.t(
            '{0}: more than 10,000 leads there are alike in everything the service can filter by, and they were not among the first or last 10,000 in any order tried.',
            leads,
          );
    case 'undecodable':
      return l10n.t('{0}: their records came without an id or in a form that could not be read.', leads);
    case 'unplaced':
      return l10n.t(
        '{0}: they are in none of the windows the view was cut into, because they came in the last moments or because a date or a number of theirs is neither.',
        count === undefined ? l10n.t('Perhaps more leads') : plural(count, l10n.t('{0} lead|{0} leads')),
      );
    case 'moving':
      return l10n.t('{0}: they came or moved faster than they could be read.', leads);
    case 'unsteady':
      return l10n.t(
        '{0}: the service lists leads that are equal in what they are sorted by in another order each time, and no order was found in which they all could be read.',
        leads,
      );
  }
}

function describeWindow({ parts }: LeadWindow): string {
  return parts.length === 0
    ? l10n.t('the whole view')
    : parts.map((part) => propertySentence(shownName(part.prop), describePart(part))).join(', ');
}

/** The longest name of a property, in characters. */
const longestName = 80;

/** Names of properties are anybody's words. */
function shownName(prop: string): string {
  return singleLine(maskContactForms(prop), longestName);
}

/** What a part says of its property. */
function describePart(part: WindowPart): string {
  const shown = (value: string | number): string =>
    contactKind(part.prop) ? hidden : maskContactForms(value.toString());
  switch (part.kind) {
    case 'known':
      return l10n.t('set');
    case 'unknown':
      return l10n.t('not set');
    case 'contains':
      return l10n.t('with “{0}”', shown(part.text));
    case 'lacks':
      return l10n.t('without “{0}”', shown(part.text));
    case 'quiet':
      return l10n.t('before {0} or not set', new Date(part.to).toISOString());
    case 'date':
      return describeBounds([
        part.from === undefined ? '' : l10n.t('from {0}', new Date(part.from).toISOString()),
        part.to === undefined ? '' : l10n.t('before {0}', new Date(part.to).toISOString()),
      ]);
    case 'equal':
      return describeBounds([l10n.t('from {0}', shown(part.number)), l10n.t('to {0}', shown(part.number))]);
    case 'range':
      return describeBounds([l10n.t('from {0}', shown(part.from)), l10n.t('below {0}', shown(part.below))]);
    case 'number':
      return describeBounds([
        part.above === undefined ? '' : l10n.t('above {0}', shown(part.above)),
        part.below === undefined ? '' : l10n.t('below {0}', shown(part.below)),
      ]);
  }
}

function describeBounds(bounds: readonly string[]): string {
  return bounds.filter((bound) => bound !== '').join(' ') || l10n.t('set');
}
