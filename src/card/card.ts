import * as l10n from '@vscode/l10n';
import { decodeId } from '../dashly/decode';
import { DashlyError, isForbidden } from '../dashly/errors';
import type { JsonObject } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import { knownPresences, type Lead, type PropertyValue, type Props } from '../dashly/lead';
import type { LeadDetails } from '../dashly/leadDetails';
import type { Segment } from '../dashly/segment';
import type { Masking } from '../leads/masking';
import {
  type EventNames,
  propertyGroup,
  propertyGroups,
  propertyGroupTitle,
  propertyTitle,
  systemProperties,
} from '../leads/properties';
import { sentIn, type VisitField, visitValue } from '../leads/visit';
import { lastSeen, leadLabel, presenceWord } from '../leads/wording';
import { shownContacts } from './contacts';
import { cardEvents, cardHistory, eventNames } from './events';
import { type ConversationReading, shownTranscript } from './conversationReading';
import { CardFacts, type RealValue } from './facts';
import type { EventHistory } from './leadRequests';
import type {
  CardContent,
  ShownDetails,
  ShownFailure,
  ShownGroup,
  ShownHistory,
  ShownPage,
  ShownPresence,
  ShownProperty,
  ShownTranscript,
} from './shownCard';
import type { RequestState } from './repeatedRequest';
import { cardSections, type DetailRequests } from './sections';

/** What a card is made of. */
export interface CardSources {
  /** The lead as the list gave it. */
  readonly lead: Lead;
  readonly requests: DetailRequests;
  /** Undefined until it was asked for. */
  readonly history: EventHistory | undefined;
  /** Undefined until one was opened. */
  readonly conversation?: Pick<ConversationReading, 'id' | 'state'>;
  readonly masking: Masking;
  readonly pinned: boolean;
  /** An error in one sentence that may be shown. */
  readonly sentence: (error: unknown) => string;
}

/** A card as it is painted, with what stands behind its facts. */
export interface Card {
  readonly content: CardContent;
  readonly history: ShownHistory | undefined;
  /** The open conversation. */
  readonly transcript: ShownTranscript | undefined;
  readonly values: ReadonlyMap<string, RealValue>;
  readonly segments: ReadonlyMap<string, Segment>;
  /** What event types are really called, by their ids. */
  readonly eventNames: EventNames;
  /** The value behind a key of a fact, as the service sent it, as JSON; undefined for another key. */
  readonly raw: (key: string) => string | undefined;
  /** In how many milliseconds the card has to be made anew, because its presence will be too old then. */
  readonly presenceEnds: number | undefined;
}

/** How long a presence is taken to hold after it was read, in milliseconds. */
const presenceLasts = 5 * 60_000;

/** The lead as it is known by now: as the details give it where they are read, else as the list gave it. */
export function latestLead(lead: Lead, details: LeadDetails | undefined): Lead {
  if (!details) return lead;
  const { presence, props } = details.lead;
  return { id: lead.id, presence, props, record: { id: lead.id, presence, props: { ...props } } };
}

/** Makes what a card shows; everything in it is masked while masking is on. */
export function makeCard(sources: CardSources): Card {
  const { lead, requests, history, conversation, masking, pinned, sentence } = sources;
  const details = requests.details.value;
  const latest = latestLead(lead, details);
  // What the list still had is masked as well, where the details have it no more.
  const { id, presence, record } = latest;
  const facts = new CardFacts({ id, presence, props: { ...lead.props, ...latest.props }, record }, masking);
  const names = new Map([...masking.eventNames(), ...eventNames(details?.events)]);
  const presenceLeft = presenceTimeLeft(requests.details);
  const isCurrent = presenceLeft > 0;
  const isHere = isCurrent && (latest.presence === 'online' || latest.presence === 'idle');
  const visit = isHere ? details?.presenceDetails : undefined;
  const page = visit && shownPage(visit, facts);
  const seen = lastSeen(latest);
  const isSeenNow = page !== undefined || (isHere && latest.presence === 'online');
  const contacts = shownContacts(latest, details?.emailStatus, facts);
  const groups = shownGroups(lead.props, latest.props, names, details !== undefined, facts);
  const visitGroup = visit && shownVisit(visit, facts);
  const content: CardContent = {
    id: lead.id,
    name: leadLabel(latest, masking),
    presence: shownPresence(latest.presence, isCurrent, facts),
    lastSeen: seen === undefined || isSeenNow ? undefined : { kind: 'date', time: seen, dateOnly: false },
    page,
    contacts,
    removed: details?.removed === undefined ? undefined : facts.value(details.removed),
    groups: visitGroup ? [visitGroup, ...groups] : groups,
    events: cardEvents(details?.events, latest.props, names, facts),
    ...cardSections(requests, facts),
    details: shownDetails(requests.details, groups),
    failure: shownFailure(requests, sentence),
    masked: masking.on,
    pinned,
  };
  return {
    content,
    history: history && cardHistory(history, facts, sentence),
    transcript:
      conversation &&
      shownTranscript(conversation, conversationOf(requests, conversation.id) ?? {}, content.name, facts, sentence),
    values: facts.values,
    segments: facts.segments,
    eventNames: names,
    raw: (key) => facts.raw(key),
    presenceEnds: isCurrent && Number.isFinite(presenceLeft) ? presenceLeft : undefined,
  };
}

/** A conversation as the lead's list has it; undefined where that has it not. */
export function conversationOf({ conversations }: DetailRequests, id: string): JsonObject | undefined {
  return conversations.value?.conversations.find((one) => decodeId(one.id) === id);
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
  if (!isCurrent && presence !== '') return { state: 'other', words: l10n.t('Was {0}', word.toLowerCase()) };
  return { state: knownPresences.find((known) => known === presence) ?? 'other', words: word };
}

function shownPage(visit: JsonObject, facts: CardFacts): ShownPage | undefined {
  const text = (name: VisitField): string | undefined => {
    const value = visitValue(visit, name);
    return typeof value === 'string' ? facts.text(value) : undefined;
  };
  const address = text('$current_page_url');
  const title = text('$current_page_title') ?? address;
  return title === undefined ? undefined : { title, address };
}

/** What is known of a visit alone; what repeats properties of the lead is left out. */
function shownVisit(details: JsonObject, facts: CardFacts): ShownGroup | undefined {
  const properties = systemProperties.flatMap(({ name, visit }): ShownProperty[] => {
    const sent = visit && sentIn(details, name);
    if (sent === undefined) return [];
    const fact = facts.field('visit:', sent, visit?.title ?? sent, details[sent] ?? null);
    return [{ ...fact, name: sent, isProperty: false }];
  });
  return properties.length > 0 ? { title: l10n.t('On the site now'), properties } : undefined;
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
    groups.get(propertyGroup(name))?.push({
      ...fact,
      name: facts.text(name),
      isProperty: true,
      before: differs ? facts.propertyValue(name, before) : undefined,
    });
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

function shownDetails({ state, at }: RequestState<LeadDetails>, groups: readonly ShownGroup[]): ShownDetails {
  switch (state) {
    case 'reading':
      return { state };
    case 'failed':
      return { state, at };
    case 'read': {
      const changes = groups.flatMap(({ properties }) => properties).filter(({ before }) => before).length;
      return { state, at: at ?? 0, changes };
    }
  }
}

/** What could not be read, in one sentence for all of it: most often it has one reason. */
function shownFailure(
  { details, conversations }: DetailRequests,
  sentence: (error: unknown) => string,
): ShownFailure | undefined {
  const isDetails = details.state === 'failed';
  // A token may have no right to conversations alone: their own place says so, and asking again would be in vain.
  const isConversations = conversations.state === 'failed' && !isForbidden(conversations.error);
  const failed: readonly RequestState<unknown>[] = [
    ...(isDetails ? [details] : []),
    ...(isConversations ? [conversations] : []),
  ];
  if (failed.length === 0) return undefined;
  const again = failed.every(({ value }) => value !== undefined);
  const errors = failed.map(({ error }) => error);
  const unread = unreadWords(failed.length > 1 ? 'both' : isDetails ? 'details' : 'conversations', again);
  const isToken = errors.some((error) => error instanceof DashlyError && error.view === 'token');
  return {
    message: `${unread} ${sentence(errors[0])}`,
    action: isToken ? 'replaceToken' : 'refresh',
  };
}

/** @param again whether what was read before is still shown */
function unreadWords(what: 'details' | 'conversations' | 'both', again: boolean): string {
  switch (what) {
    case 'details':
      return again ? l10n.t('The details could not be read again.') : l10n.t('The details could not be read.');
    case 'conversations':
      return again
        ? l10n.t('The conversations could not be read again.')
        : l10n.t('The conversations could not be read.');
    case 'both':
      return again
        ? l10n.t('The details and conversations could not be read again.')
        : l10n.t('The details and conversations could not be read.');
  }
}
