import type { ItemText } from './faults';
import type { SampleProps, SampleValue } from './sampleLead';

const textOf = (value: SampleValue): string =>
  typeof value === 'bigint' ? String(value) : Array.isArray(value) ? JSON.stringify(value) : JSON.stringify(value);

/** With `convert_props_types=false`: `"true"`, `"4"`, a list as its JSON text. Chosen (section 6). */
const unconvertedTextOf = (value: SampleValue): string =>
  typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(textOf(value));

/** Props as JSON text; integers beyond 2^53 digit for digit. */
export function propsToJson(props: SampleProps, convertTypes: boolean): string {
  const write = convertTypes ? textOf : unconvertedTextOf;
  const members = Object.entries(props).map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`);
  return `{${members.join(',')}}`;
}

/** An id as JSON text: raw digits unless a string is asked for. */
export function idToJson(id: string, asString: boolean): string {
  return asString ? `"${id}"` : id;
}

/** An item as JSON text. */
export function itemToJson(item: ItemText): string {
  const members = Object.entries({ id: item.id, presence: item.presence, props: item.props, ...item.more });
  return `{${members.flatMap(([name, text]) => (text === undefined ? [] : [`${JSON.stringify(name)}:${text}`])).join(',')}}`;
}
