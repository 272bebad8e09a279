/*
 * What a person is told and asked of the tools, in their language; what the model gets is English, but for texts for people
 * that it quotes.
 */
import * as l10n from '@vscode/l10n';
import type { TypedFilters } from '../dashly/conditions';
import { joinedBy } from '../dashly/filterJson';
import { grouped, plural } from '../language';
import type { Masking } from '../leads/masking';
import { comparesContact, conditionWords } from '../leads/queryWords';
import { singleLine } from '../leads/text';

/** What a person is asked before a tool runs. */
export interface Question {
  /** Words of ours alone. */
  readonly title: string;
  /** Words of others stand in them. */
  readonly lines: readonly string[];
  /** Whether the model gets leads, and not only how many there are. */
  readonly givesLeads: boolean;
}

/** What is said while a tool runs. */
export const doing = {
  count: l10n.t('Counting leads'),
  describeProperties: l10n.t('Looking through the properties of leads'),
  search: l10n.t('Searching leads'),
  get: l10n.t('Reading a lead'),
  show: l10n.t('Showing leads'),
};

/**
 * Counting by a contact tells whose it is, letter by letter: that is asked for. Everything else that is counted says nothing
 * about a person.
 */
export function contactQuestion(filters: TypedFilters | undefined, shown: Masking): Question | undefined {
  if (!filters?.filters.some(comparesContact)) return undefined;
  return {
    title: l10n.t('Let the assistant count leads by a contact?'),
    givesLeads: false,
    lines: [l10n.t('Leads: none is given, only how many there are'), whichLeads(filters, shown)],
  };
}

/** @param limit how many leads at most @param fields names of properties */
export function searchQuestion(
  {
    text,
    filters,
    limit,
    fields,
  }: {
    readonly text?: string;
    readonly filters?: TypedFilters;
    readonly limit: number;
    readonly fields: readonly string[];
  },
  shown: Masking,
): Question {
  const most = grouped(limit);
  return {
    title: l10n.t('Let the assistant read leads?'),
    givesLeads: true,
    lines: [
      text === undefined
        ? l10n.t('Leads: at most {0}', most)
        : l10n.t('Leads: at most {0}, found by “{1}”', most, singleLine(shown.text(text))),
      // A text alone says which.
      ...(text === undefined || filters ? [whichLeads(filters, shown)] : []),
      l10n.t('Fields: {0}', fields.map((name) => singleLine(shown.name(name), 80)).join(', ')),
    ],
  };
}

/** The parts of a lead, as the manifest has them. */
const partWords: Readonly<Partial<Record<string, string>>> = {
  properties: l10n.t('properties'),
  events: l10n.t('events'),
  conversations: l10n.t('conversations'),
  tags: l10n.t('tags'),
  segments: l10n.t('segments'),
  notes: l10n.t('notes'),
};

/** @param id the lead's @param parts which ones of it */
export function leadQuestion(id: string, parts: readonly string[]): Question {
  return {
    title: l10n.t('Let the assistant read a lead?'),
    givesLeads: true,
    lines: [
      l10n.t('Leads: 1, with the ID {0}', id),
      l10n.t('Parts: {0}', parts.map((part) => partWords[part] ?? part).join(', ')),
    ],
  };
}

/** The most conditions that a person is told of. */
const mostConditions = 8;

/** Filters in words that may be shown to a person. */
function whichLeads(filters: TypedFilters | undefined, shown: Masking): string {
  const conditions = filters?.filters ?? [];
  if (conditions.length === 0) return l10n.t('Which: all leads of the app');
  const words = conditions.slice(0, mostConditions).map((condition) => conditionWords(condition, shown));
  const more = conditions.length - mostConditions;
  if (more > 0) words.push(plural(more, l10n.t('{0} more condition|{0} more conditions')));
  return l10n.t('Which: {0}', joinedBy(filters?.type ?? 'and', words));
}
