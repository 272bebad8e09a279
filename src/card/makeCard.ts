import { type JsonObject, stringifyJson } from '../dashly/json';
import type { Lead, PropertyValue, Props } from '../dashly/lead';
import type { Masking } from '../leads/masking';
import {
  identifyingProperties,
  propertyGroup,
  propertyGroups,
  propertyGroupTitle,
  propertyTitle,
  systemProperties,
} from '../leads/properties';
import { lastSeen, leadLabel, presenceWord } from '../leads/wording';
import type { CardContent, Fact, ShownDetails, ShownGroup, ShownHistory, ShownProperty } from './content';
import { CardFacts, cardValue, type RealValue } from './facts';
import type { LeadReading } from './leadReading';
import { cardEvents, cardSections, eventNames, milliseconds } from './sections';

/** What a card is made of. */
export interface CardSources {
  /** The lead as the list gave it. */
  readonly lead: Lead;
  readonly reading: Pick<LeadReading, 'details' | 'conversations' | 'history'>;
  readonly masking: Masking;
  readonly pinned: boolean;
  /** An error in one sentence that may be shown. */
  readonly sentence: (error: unknown) => string;
}

/** A card as it is painted, with what stands behind its facts. */
export interface Card {
  readonly content: CardContent;
  readonly history: ShownHistory | undefined;
  readonly values: ReadonlyMap<string, RealValue>;
}

/** Contacts of the header; the name is its title. */
const contactNames = identifyingProperties.map(({ name }) => name).filter((name) => name !== '$name');

/** The lead as it is known by now: as the details give it where they are read, else as the list gave it. */
export function latestLead({ lead, reading }: Pick<CardSources, 'lead' | 'reading'>): Lead {
  const details = reading.details.value;
  if (!details) return lead;
  const { presence, props } = details;
  return { id: lead.id, presence, props, record: { id: lead.id, presence, props: { ...props } } };
}

/** Makes what a card shows; everything in it is masked while masking is on. */
export function makeCard(sources: CardSources): Card {
  const { lead, reading, masking } = sources;
  const details = reading.details.value;
  const latest = latestLead(sources);
  // What the list still had is masked as well, where the details have it no more.
  const facts = new CardFacts({ ...latest, props: { ...lead.props, ...latest.props } }, masking);
  const names = eventNames(details?.events);
  const groups = propertyGroupsOf(lead.props, latest.props, names, details !== undefined, facts);
  const seen = lastSeen(latest);
  const content: CardContent = {
    id: lead.id,
    name: leadLabel(latest, masking),
    presence: { state: presenceState(latest.presence), word: presenceWord(latest.presence) },
    lastSeen: seen === undefined ? undefined : { kind: 'date', time: seen, dateOnly: false },
    contacts: contacts(latest, facts),
    visit: visit(latest.presence, details?.presenceDetails, facts),
    removed: details?.removed === undefined ? undefined : cardValue(details.removed),
    groups,
    events: cardEvents(details?.events, latest.props, (text) => facts.text(text)),
    sections: cardSections(sources, facts),
    details: shownDetails(sources, groups),
    masked: masking.on,
    pinned: sources.pinned,
  };
  return { content, history: shownHistory(sources, facts), values: facts.values };
}

function presenceState(presence: string): CardContent['presence']['state'] {
  return presence === 'online' || presence === 'idle' || presence === 'offline' ? presence : 'other';
}

function contacts(lead: Lead, facts: CardFacts): Fact[] {
  const known = contactNames.flatMap((name) => {
    const value = lead.props[name] ?? null;
    return isSaid(value) ? [facts.property(name, propertyTitle(name), value)] : [];
  });
  return [...known, facts.field('id', 'id', 'Lead ID', lead.id)];
}

function isSaid(value: PropertyValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Known only while online or idle; what repeats properties of the lead is left out. */
function visit(presence: string, details: JsonObject | undefined, facts: CardFacts): CardContent['visit'] {
  if ((presence !== 'online' && presence !== 'idle') || !details) return undefined;
  const shown = systemProperties.flatMap(({ name, visit }) => {
    const sent = visit && [name, visit.otherName ?? name].find((each) => isSaid(details[each]));
    return sent === undefined ? [] : [facts.field(`visit:${name}`, sent, visit?.title ?? sent, details[sent] ?? null)];
  });
  return shown.length > 0 ? { facts: shown } : undefined;
}

/** @param compared whether `latest` is newer than `listed`, so that differences are marked */
function propertyGroupsOf(
  listed: Props,
  latest: Props,
  names: ReadonlyMap<string, string>,
  compared: boolean,
  facts: CardFacts,
): ShownGroup[] {
  const groups = new Map<string, ShownProperty[]>(propertyGroups.map((group) => [group, []]));
  for (const name of new Set([...Object.keys(listed), ...Object.keys(latest)])) {
    const value = propertyOf(latest, name);
    const before = propertyOf(listed, name);
    const fact = facts.property(name, facts.text(propertyTitle(name, names)), value);
    const differs = compared && stringifyJson(value) !== stringifyJson(before);
    groups
      .get(propertyGroup(name))
      ?.push({ ...fact, name, inList: differs ? facts.propertyValue(name, before) : undefined });
  }
  return propertyGroups.flatMap((group) => {
    const properties = groups.get(group) ?? [];
    return properties.length > 0 ? [{ title: propertyGroupTitle(group), properties }] : [];
  });
}

/** A property may have any name, those of an object's own methods included. */
function propertyOf(props: Props, name: string): PropertyValue {
  return Object.hasOwn(props, name) ? (props[name] ?? null) : null;
}

function shownDetails({ reading: { details }, sentence }: CardSources, groups: readonly ShownGroup[]): ShownDetails {
  switch (details.state) {
    case 'reading':
      return { state: 'reading' };
    case 'failed': {
      const missing = details.value
        ? 'The details could not be read again.'
        : 'Names of events, the current page, segments, tags, notes and e-mail status are missing.';
      return { state: 'failed', message: `${missing} ${sentence(details.error)}`, at: details.at };
    }
    case 'read': {
      const changes = groups.flatMap(({ properties }) => properties).filter(({ inList }) => inList).length;
      return { state: 'read', at: details.at ?? 0, changes };
    }
  }
}

function shownHistory({ reading: { history }, sentence }: CardSources, facts: CardFacts): ShownHistory | undefined {
  if (!history) return undefined;
  const { occurrences = [], next = null } = history.value ?? {};
  return {
    state: history.state,
    occurrences: occurrences.map(({ id, typeId, name, created, props }) => ({
      id,
      name: name ? facts.text(name) : `Event ${typeId}`,
      time: milliseconds(created),
      facts: facts.fields(`event:${id}`, props),
    })),
    more: next !== null,
    message: history.state === 'failed' ? sentence(history.error) : undefined,
  };
}
