import type { JsonObject } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import { knownPresences, type Lead, type PropertyValue, type Props } from '../dashly/lead';
import type { LeadDetails } from '../dashly/leadDetails';
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
import { cardEvents, cardHistory, eventNames } from './events';
import { CardFacts, type RealValue } from './facts';
import type { EventHistory, RequestState } from './leadRequests';
import type {
  CardContent,
  Fact,
  ShownDetails,
  ShownGroup,
  ShownHistory,
  ShownPresence,
  ShownProperty,
} from './protocol';
import { cardSections, type DetailRequests, missingWithoutDetails } from './sections';

/** What a card is made of. */
export interface CardSources {
  /** The lead as the list gave it. */
  readonly lead: Lead;
  readonly requests: DetailRequests;
  /** Undefined until it was asked for. */
  readonly history: RequestState<EventHistory> | undefined;
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
  /** In how many milliseconds the card has to be made anew, because its presence will be too old then. */
  readonly presenceEnds: number | undefined;
}

/** How long a presence is taken to hold after it was read, in milliseconds. */
const presenceLasts = 5 * 60_000;

/** Contacts of the header; the name is its title. */
const contactNames = identifyingProperties.map(({ name }) => name).filter((name) => name !== '$name');

/** The lead as it is known by now: as the details give it where they are read, else as the list gave it. */
export function latestLead(lead: Lead, details: LeadDetails | undefined): Lead {
  if (!details) return lead;
  const { presence, props } = details;
  return { id: lead.id, presence, props, record: { id: lead.id, presence, props: { ...props } } };
}

/** Makes what a card shows; everything in it is masked while masking is on. */
export function makeCard({ lead, requests, history, masking, pinned, sentence }: CardSources): Card {
  const details = requests.details.value;
  const latest = latestLead(lead, details);
  // What the list still had is masked as well, where the details have it no more.
  const facts = new CardFacts({ ...latest, props: { ...lead.props, ...latest.props } }, masking);
  const names = eventNames(details?.events);
  const presenceLeft = presenceTimeLeft(requests.details);
  const isCurrent = presenceLeft > 0;
  const seen = lastSeen(latest);
  const shownContacts = contacts(latest, facts);
  const groups = shownGroups(lead.props, latest.props, names, details !== undefined, facts);
  const content: CardContent = {
    id: lead.id,
    name: leadLabel(latest, masking),
    presence: shownPresence(latest.presence, isCurrent, facts),
    lastSeen: seen === undefined ? undefined : { kind: 'date', time: seen, dateOnly: false },
    contacts: shownContacts,
    visit: isCurrent ? visit(latest.presence, details?.presenceDetails, facts) : undefined,
    removed: details?.removed === undefined ? undefined : facts.value(details.removed),
    groups,
    events: cardEvents(details?.events, latest.props, facts),
    sections: cardSections(requests, facts, sentence),
    details: shownDetails(requests.details, groups, sentence),
    masked: masking.on,
    pinned,
  };
  return {
    content,
    history: history && cardHistory(history, facts, sentence),
    values: facts.values,
    presenceEnds: isCurrent && Number.isFinite(presenceLeft) ? presenceLeft : undefined,
  };
}

/**
 * How long the presence still holds, in milliseconds; 0 when it does no more, because the lead was read too long ago or
 * could not be read since. Of the list's presence nobody knows the age: it holds while the details are waited for.
 */
function presenceTimeLeft({ at, failures }: RequestState<LeadDetails>): number {
  if (failures > 0) return 0;
  return at === undefined ? Infinity : Math.max(0, at + presenceLasts - Date.now());
}

function shownPresence(presence: string, isCurrent: boolean, facts: CardFacts): ShownPresence {
  const word = facts.text(presenceWord(presence));
  if (!isCurrent && presence !== '') return { state: 'other', words: `Was ${word.toLowerCase()}` };
  return { state: knownPresences.find((known) => known === presence) ?? 'other', words: word };
}

function contacts(lead: Lead, facts: CardFacts): Fact[] {
  const known = contactNames.flatMap((name) => {
    const value = lead.props[name] ?? null;
    return isSaid(value) ? [facts.property(name, propertyTitle(name), value)] : [];
  });
  return [...known, facts.field('', 'id', 'Lead ID', lead.id)];
}

function isSaid(value: PropertyValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Known only while online or idle; what repeats properties of the lead is left out. */
function visit(presence: string, details: JsonObject | undefined, facts: CardFacts): CardContent['visit'] {
  if ((presence !== 'online' && presence !== 'idle') || !details) return undefined;
  const shown = systemProperties.flatMap(({ name, visit }) => {
    const sent = visit && [name, visit.otherName ?? name].find((each) => isSaid(details[each]));
    return sent === undefined ? [] : [facts.field('visit:', sent, visit?.title ?? sent, details[sent] ?? null)];
  });
  return shown.length > 0 ? shown : undefined;
}

/** @param compared whether `latest` is newer than `listed`, so that differences are marked */
function shownGroups(
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
    const fact = facts.property(name, propertyTitle(name, names), value);
    const differs = compared && stringifyJson(value) !== stringifyJson(before);
    groups
      .get(propertyGroup(name))
      ?.push({ ...fact, name: facts.text(name), inList: differs ? facts.propertyValue(name, before) : undefined });
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

function shownDetails(
  { state, value, at, error }: RequestState<LeadDetails>,
  groups: readonly ShownGroup[],
  sentence: (error: unknown) => string,
): ShownDetails {
  switch (state) {
    case 'reading':
      return { state };
    case 'failed': {
      const missing = value ? 'The details could not be read again.' : `${missingWithoutDetails} are missing.`;
      return { state, message: `${missing} ${sentence(error)}`, at };
    }
    case 'read': {
      const changes = groups.flatMap(({ properties }) => properties).filter(({ inList }) => inList).length;
      return { state, at: at ?? 0, changes };
    }
  }
}
