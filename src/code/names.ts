import * as l10n from '@vscode/l10n';
import { type EventNames, kindWord, type PropertyKind, systemProperties } from '../leads/properties';
import { systemEventTitle } from '../leads/systemEvents';
import { grouped, plural } from '../language';
import type { Literal, Name } from './literals';
import type { Call } from './scan';

/** What the open app is known to have; undefined while none is connected. */
export interface KnownApp {
  /** As it may be shown. */
  readonly name: string;
  readonly events: EventNames;
  readonly properties: ReadonlySet<string>;
}

/** A name in the source that means an event or a property of the lead. */
export interface Mention {
  readonly kind: 'event' | 'property';
  readonly name: Name;
  /** What is written into the property. */
  readonly value: Literal | undefined;
}

/** The names in a call. An event's parameters do not become properties of the lead (API.md, section 7). */
export function mentionsIn(call: Call): Mention[] {
  if (call.method === 'track') return call.event ? [{ kind: 'event', name: call.event, value: undefined }] : [];
  if (call.method === 'auth') return [];
  return call.properties.map(({ name, value }) => ({ kind: 'property', name, value }));
}

/** The mention at a place of the source, its ends included. */
export function mentionAt(calls: readonly Call[], offset: number): Mention | undefined {
  return calls.flatMap(mentionsIn).find(({ name }) => name.start <= offset && offset <= name.end);
}

/** What the service takes at most (API.md, sections 5 and 7): characters of names and texts, items of a list. */
export const limits = { event: 255, property: 70, text: 255, list: 30 };

/** The limits that a mention breaks, a sentence each. */
export function brokenLimits({ kind, name, value }: Mention): string[] {
  const broken: string[] = [];
  const [most, length] = [grouped(limits[kind]), grouped(characters(name.text))];
  if (characters(name.text) > limits[kind])
    broken.push(
      kind === 'event'
        ? l10n.t('The longest name of an event has {0} characters; this has {1}.', most, length)
        : l10n.t('The longest name of a property has {0} characters; this has {1}.', most, length),
    );
  if (kind === 'event' && name.text === '') broken.push(l10n.t('An event needs a name.'));
  const texts = value?.kind === 'list' ? value.items : value ? [value] : [];
  const longest = Math.max(0, ...texts.map((text) => (text.kind === 'text' ? characters(text.value) : 0)));
  if (longest > limits.text)
    broken.push(l10n.t('The longest text has {0} characters; this has {1}.', grouped(limits.text), grouped(longest)));
  if (value?.kind === 'list' && value.items.length > limits.list)
    broken.push(
      l10n.t('The longest list has {0} items; this has {1}.', grouped(limits.list), grouped(value.items.length)),
    );
  return broken;
}

/** How many characters a text has, of which some are two for JavaScript. */
function characters(text: string): number {
  return Array.from(text).length;
}

/** A property that the service itself keeps, in words: "E-mail, text"; undefined for any other. */
function systemPropertyWords(name: string): string | undefined {
  const property = systemProperties.find((each) => each.name === name);
  return property && `${property.title}, ${kindWord(property.kind)}`;
}

/** The id of the event type with this name; undefined when it is not known. */
export function eventIdOf(name: string, events: EventNames | undefined): string | undefined {
  for (const [id, known] of events ?? []) if (known === name) return id;
  return undefined;
}

/** Whether the service itself knows the name, or the app is known to have it. */
export function isKnown({ kind, name: { text } }: Mention, app: KnownApp | undefined): boolean {
  return kind === 'event'
    ? systemEventTitle(text) !== undefined || eventIdOf(text, app?.events) !== undefined
    : systemPropertyWords(text) !== undefined || app?.properties.has(text) === true;
}

/**
 * What is known of a name, a line each; plain text that holds nothing of the app but its name.
 * @param leads how many leads have it, where that was asked for
 * @param kindSeen the type of the values that loaded leads have
 */
export function aboutName(
  mention: Mention,
  app: KnownApp | undefined,
  leads?: number,
  kindSeen?: PropertyKind,
): string[] {
  const { kind, name } = mention;
  const isEvent = kind === 'event';
  const own = isEvent ? systemEventTitle(name.text) : systemPropertyWords(name.text);
  const lines: string[] = [];
  if (own !== undefined)
    lines.push(
      isEvent
        ? l10n.t('An event of the service itself: {0}.', own)
        : l10n.t('A property of the service itself: {0}.', own),
    );
  else {
    if (isEvent) lines.push(l10n.t('An event of your own.'));
    else if (kindSeen) lines.push(l10n.t('A property of your own: {0}.', kindWord(kindSeen)));
    else lines.push(l10n.t('A property of your own.'));
    if (name.text.startsWith('$'))
      lines.push(l10n.t('Names that begin with $ are the service’s own, and this is none that is documented.'));
  }
  if (!app) lines.push(l10n.t('No app is connected, so it is not known who has it.'));
  else if (isEvent ? eventIdOf(name.text, app.events) !== undefined : app.properties.has(name.text))
    lines.push(
      leads === undefined
        ? l10n.t('{0} has it.', app.name)
        : plural(leads, l10n.t('{1} has it: {0} lead.|{1} has it: {0} leads.'), app.name),
    );
  else if (leads !== undefined)
    lines.push(plural(leads, l10n.t('{0} lead of {1} has it.|{0} leads of {1} have it.'), app.name));
  else if (own === undefined || isEvent)
    lines.push(
      l10n.t('Not seen in {0} yet: names are learnt from loaded leads, from cards and their history.', app.name),
    );
  return [...lines, ...brokenLimits(mention)];
}
