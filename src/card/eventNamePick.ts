import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { LeadEvent } from '../dashly/leadDetails';
import { back, pickStep } from '../editor/steps';
import { plural } from '../language';
import { singleLine } from '../leads/text';
import type { Card } from './card';

/** Which events of a lead are shown: those of one name; undefined for all. */
interface EventChoice {
  readonly name: string | undefined;
}

/** An event that the lead has had. */
interface HadEvent {
  /** As it may be shown. */
  readonly shown: string;
  /** How often; undefined where that is not known. */
  readonly count?: number;
}

/**
 * The events that a lead has had, by their names.
 * @param history as far as it was read; what came in since the details were read stands in it alone
 * @param shown a name as it may be shown
 */
export function hadEvents(
  { content, eventNames }: Pick<Card, 'content' | 'eventNames'>,
  history: readonly Pick<LeadEvent, 'name'>[],
  shown: (name: string) => string,
): Map<string, HadEvent> {
  const events = new Map<string, HadEvent>();
  for (const { name } of history) if (name !== '') events.set(name, { shown: shown(name) });
  for (const { id, name: masked, count } of content.events) {
    const name = eventNames.get(id);
    if (name) events.set(name, { shown: masked, count });
  }
  return events;
}

interface EventItem extends vscode.QuickPickItem, EventChoice {}

/**
 * Lets the person choose which events of a lead are shown: all of them, those of a name that the lead has had, or those of
 * a name that is typed, because none may have come yet.
 * @param events that the lead has had, by their names, in the order in which they are offered
 * @param chosen the name whose events are shown now
 * @returns undefined when the person left
 */
export async function pickEventName(
  events: ReadonlyMap<string, HadEvent>,
  chosen: string | undefined,
): Promise<EventChoice | undefined> {
  const known = new Map<string, EventItem>();
  for (const [name, { shown, count }] of events) {
    known.set(name, {
      label: singleLine(shown, 80),
      description: count === undefined ? undefined : plural(count, l10n.t('{0} time|{0} times')),
      name,
    });
  }
  const all: EventItem = { label: l10n.t('All Events'), iconPath: new vscode.ThemeIcon('list-flat'), name: undefined };
  const answer = await pickStep<EventItem>({
    title: l10n.t('Show Events'),
    placeholder: l10n.t('Events of which name? Any other name can be typed'),
    items: [all, ...known.values()],
    active: chosen === undefined ? all : known.get(chosen),
    // The whole name counts, as it was tracked.
    typed: (text) =>
      text.trim() === '' || known.has(text)
        ? undefined
        : {
            label: l10n.t('“{0}”', singleLine(text, 80)),
            description: l10n.t('a name typed exactly'),
            alwaysShow: true,
            name: text,
          },
  });
  return answer === back ? undefined : answer;
}
