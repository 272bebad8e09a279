import { stringifyJson, type JsonValue } from '../dashly/json';
import { shownProperty, shownUnixTime, shownValue, type ShownValue } from '../leads/propertyValue';
import type { CardValue } from './content';

/**
 * A value, of whatever shape, as a card shows it.
 * @param name the property's, where it is one of the lead: contacts are text even when they look like something else
 */
export function cardValue(value: JsonValue, name?: string): CardValue {
  return fromShown(name === undefined ? shownValue(value) : shownProperty(name, value));
}

/** Unix seconds, as section 5 of the API document gives them in events, notes and conversations, as a card shows them. */
export function cardTime(seconds: number): CardValue {
  return fromShown(shownUnixTime(seconds) ?? shownValue(seconds));
}

/** A value as it goes to the clipboard: texts as they are, the rest as JSON, every number digit for digit. */
export function copiedText(value: JsonValue): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

/**
 * The address in a text that is nothing else.
 * @returns undefined unless the text is an http or https address: no other scheme is ever opened
 */
export function webAddress(text: string): URL | undefined {
  if (!/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

function fromShown(shown: ShownValue): CardValue {
  switch (shown.kind) {
    case 'text':
      return { kind: webAddress(shown.text) ? 'address' : 'text', text: shown.text };
    case 'boolean':
      return { kind: 'boolean', value: shown.value };
    case 'date':
      return { kind: 'date', time: shown.time, dateOnly: shown.dateOnly };
    case 'list':
      return { kind: 'list', items: shown.items.map((item) => item.text) };
    case 'unset':
      return { kind: 'unset' };
    default:
      return { kind: shown.kind, text: shown.text };
  }
}
