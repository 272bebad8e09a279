import { ExactNumber, exactNumbersWritten, type JsonObject, type JsonValue } from './json';

/**
 * Writes JSON with the layout of `JSON.stringify`, every number digit for digit as it was read.
 * @param indent spaces of each level; none writes one line
 */
export function stringifyJson(value: JsonValue, indent = 0): string {
  const before = exactNumbersWritten();
  try {
    const text = JSON.stringify(value, undefined, indent);
    if (exactNumbersWritten() === before) return text;
  } catch (error) {
    // Nested too deep for the recursion of the engine.
    if (!(error instanceof RangeError)) throw error;
  }
  return stringifyExactly(value, indent);
}

/**
 * As `stringifyJson`, with the members of every object in the order of their names, so that two texts can be compared line by
 * line. The order of a list means something and stays.
 */
export function stringifySortedJson(value: JsonValue, indent = 0): string {
  return stringifyExactly(value, indent, true);
}

/** An array or object that is being written. */
interface OpenContainer {
  readonly names: readonly string[] | undefined;
  readonly values: JsonValue[] | JsonObject;
  readonly count: number;
  next: number;
}

/**
 * Writes JSON as `JSON.stringify` lays it out, exact numbers by their literals. Keeps its own stack: what was read from a
 * hostile service may be nested deeper than a recursion can go.
 * @param indent spaces of each level; 0 writes one line
 * @param sorted whether the members of each object come in the order of their names
 */
function stringifyExactly(value: JsonValue, indent: number, sorted = false): string {
  const parts: string[] = [];
  const open: OpenContainer[] = [];
  const newLine = (): void => {
    if (indent > 0) parts.push('\n', ' '.repeat(indent * open.length));
  };
  const write = (item: JsonValue): void => {
    if (typeof item !== 'object' || item === null) {
      parts.push(JSON.stringify(item));
    } else if (item instanceof ExactNumber) {
      parts.push(item.text);
    } else {
      const container = openContainer(item, sorted);
      if (container.count === 0) {
        parts.push(Array.isArray(item) ? '[]' : '{}');
      } else {
        parts.push(Array.isArray(item) ? '[' : '{');
        open.push(container);
      }
    }
  };
  write(value);
  for (let container = open.at(-1); container; container = open.at(-1)) {
    if (container.next === container.count) {
      open.pop();
      newLine();
      parts.push(container.names ? '}' : ']');
      continue;
    }
    if (container.next > 0) parts.push(',');
    newLine();
    const place = container.next++;
    if (Array.isArray(container.values)) {
      write(container.values[place] ?? null);
    } else {
      const name = container.names?.[place] ?? '';
      parts.push(JSON.stringify(name), indent > 0 ? ': ' : ':');
      write(container.values[name] ?? null);
    }
  }
  return parts.join('');
}

function openContainer(values: JsonValue[] | JsonObject, sorted: boolean): OpenContainer {
  if (Array.isArray(values)) return { names: undefined, values, count: values.length, next: 0 };
  const names = Object.keys(values).filter((name) => (values[name] as unknown) !== undefined);
  if (sorted) names.sort();
  return { names, values, count: names.length, next: 0 };
}
