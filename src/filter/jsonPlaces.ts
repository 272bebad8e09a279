/** Names of members and places in lists, from the root. */
export type JsonPath = readonly (string | number)[];

/** A piece of a text, in UTF-16 units from 0, `end` not included. */
export interface JsonPlace {
  readonly start: number;
  readonly end: number;
}

/** A value of a JSON text, and the name before it when it is a member of an object. */
export interface JsonNode extends JsonPlace {
  readonly path: JsonPath;
  readonly name?: JsonPlace;
  /** The text of a string as it is meant, without quotes and escapes; undefined for everything else. */
  readonly text?: string;
}

const token = /"(?:[^"\\\n]|\\.)*"?|[[\]{},:]|[^\s"[\]{},:]+/g;

interface Container {
  readonly start: number;
  readonly path: JsonPath;
  readonly name: JsonPlace | undefined;
  readonly isList: boolean;
  /** In a list, the place of the next item. */
  index: number;
  /** In an object, the name of the member that is being read. */
  member: { readonly key: string; readonly place: JsonPlace } | undefined;
  /** In an object, whether a colon came after the name. */
  inValue: boolean;
}

/**
 * Where the values of a JSON text stand, inner ones before those they are in. Made for text that is being typed: what is
 * not JSON is passed over, and the rest is found.
 */
export function jsonNodes(text: string): JsonNode[] {
  const nodes: JsonNode[] = [];
  const open: Container[] = [];
  for (const { 0: found, index: start } of text.matchAll(token)) {
    const end = start + found.length;
    const parent = open.at(-1);
    if (found === ',') {
      if (parent?.isList) parent.index++;
      else if (parent) Object.assign(parent, { member: undefined, inValue: false });
    } else if (found === ':') {
      if (parent) parent.inValue = true;
    } else if (found === '{' || found === '[') {
      const path = pathInside(parent);
      open.push({
        start,
        path,
        name: nameInside(parent),
        isList: found === '[',
        index: 0,
        member: undefined,
        inValue: false,
      });
    } else if (found === '}' || found === ']') {
      const closed = open.pop();
      if (closed) nodes.push({ start: closed.start, end, path: closed.path, name: closed.name });
    } else if (parent && !parent.isList && !parent.inValue) {
      parent.member = { key: stringText(found) ?? found, place: { start, end } };
    } else {
      nodes.push({ start, end, path: pathInside(parent), name: nameInside(parent), text: stringText(found) });
    }
  }
  for (const { start, path, name } of open.reverse()) nodes.push({ start, end: text.length, path, name });
  return nodes;
}

/** The innermost value at a position of the text; a position at its end belongs to it. */
export function jsonNodeAt(text: string, position: number): JsonNode | undefined {
  return jsonNodes(text).find(({ start, end }) => start <= position && position <= end);
}

/** Where the value at a path stands, or the nearest one around it when there is none. */
export function placeOf(text: string, path: JsonPath): JsonPlace {
  const nodes = jsonNodes(text);
  for (let length = path.length; length >= 0; length--) {
    const wanted = path.slice(0, length);
    // A member that is there twice counts as JSON.parse has it: the last one.
    const node = nodes.findLast(
      (one) => one.path.length === length && one.path.every((step, index) => step === wanted[index]),
    );
    if (node) return { start: node.start, end: node.end };
  }
  return { start: 0, end: text.length };
}

function pathInside(parent: Container | undefined): JsonPath {
  if (!parent) return [];
  return [...parent.path, parent.isList ? parent.index : (parent.member?.key ?? '')];
}

function nameInside(parent: Container | undefined): JsonPlace | undefined {
  return parent?.isList === false ? parent.member?.place : undefined;
}

function stringText(literal: string): string | undefined {
  if (!literal.startsWith('"')) return undefined;
  try {
    return JSON.parse(literal) as string;
  } catch {
    // Still being typed, or with an escape that JSON does not know.
    return literal.replace(/^"|"$/g, '');
  }
}
