import * as l10n from '@vscode/l10n';
import { kindWord, systemProperties } from '../leads/properties';
import { systemEvents, systemEventTitle } from '../leads/systemEvents';
import { singleLine } from '../leads/text';
import { isPage } from './clients';
import type { Name, Span } from './literals';
import { type KnownApp, mentionAt } from './names';
import type { Call } from './scan';

/** A name that is offered at a place of the source. */
export interface Completion {
  readonly text: string;
  readonly detail: { readonly words: string; readonly isOwn: boolean };
  /** What is written in the place of `replaced`. */
  readonly insert: string;
  readonly replaced: Span;
  readonly isEvent: boolean;
}

/** The names of events and properties that fit where the cursor stands. */
export function completionsAt(
  text: string,
  language: string,
  calls: readonly Call[],
  offset: number,
  app: KnownApp | undefined,
): Completion[] {
  const place = placeAt(text, calls, offset);
  if (!place) return [];
  const { kind, replaced, quote } = place;
  const isEvent = kind === 'event';
  const names = isEvent ? eventNames(app) : propertyNames(app);
  return (
    names
      // What cannot be seen is not written; in a page a text may end by more than its own quote.
      .filter(([name]) => singleLine(name, 255) === name && !(isPage(language) && /[<>&"'`]/.test(name)))
      .map(([name, words, isOwn]) => ({
        text: name,
        detail: { words, isOwn },
        insert: literal(name, quote),
        replaced,
        isEvent,
      }))
  );
}

type NameRow = readonly [name: string, words: string, isOwn: boolean];

function eventNames(app: KnownApp | undefined): NameRow[] {
  const own = [...new Set(app?.events.values())].map((name): NameRow => [
    name,
    l10n.t('event of {0}', app?.name ?? ''),
    true,
  ]);
  const known = new Set(own.map(([name]) => name));
  const service = systemEvents.filter((name) => !known.has(name));
  return [...own, ...service.map((name): NameRow => [name, systemEventTitle(name) ?? '', false])];
}

/** Of the service's properties those that are no contact's picture and no visit's, which a site does not write. */
function propertyNames(app: KnownApp | undefined): NameRow[] {
  const own = [...(app?.properties ?? [])].filter((name) => !name.startsWith('$'));
  const service = systemProperties.filter(({ visit }) => !visit);
  return [
    ...own.map((name): NameRow => [name, l10n.t('property of {0}', app?.name ?? ''), true]),
    ...service.map(({ name, title, kind }): NameRow => [name, `${title}, ${kindWord(kind)}`, false]),
  ];
}

interface Place {
  readonly kind: 'event' | 'property';
  readonly replaced: Span;
  /** In which the name stands; empty where it is bare. */
  readonly quote: string;
}

function placeAt(text: string, calls: readonly Call[], offset: number): Place | undefined {
  const mention = mentionAt(calls, offset);
  if (mention) {
    const { kind, name } = mention;
    const inside = insideOf(name, text);
    return inside.start <= offset && offset <= inside.end ? { kind, quote: name.quote, replaced: inside } : undefined;
  }
  const isKeys = calls.some(
    (call) =>
      call.method === 'identify' &&
      call.keys !== undefined &&
      call.keys.start <= offset &&
      offset <= call.keys.end &&
      !call.properties.some(({ value }) => value && value.start <= offset && offset <= value.end),
  );
  const before = text.slice(0, offset).trimEnd().at(-1);
  return isKeys && (before === '{' || before === ',')
    ? { kind: 'property', quote: '', replaced: { start: offset, end: offset } }
    : undefined;
}

/** Without its quotes; the last one is missing while it is being typed. */
function insideOf({ start, end, quote }: Name, text: string): Span {
  if (quote === '') return { start, end };
  const isClosed = end - start > 1 && text.charAt(end - 1) === quote;
  return { start: start + 1, end: isClosed ? end - 1 : end };
}

/** A name as it is written: it cannot end the text it stands in. */
function literal(name: string, quote: string): string {
  if (quote === '') return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : `'${literal(name, "'")}'`;
  return name
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('${', quote === '`' ? '\\${' : '${');
}
