import { clientWords, isPage } from './clients';
import { Cursor, isNameCode } from './cursor';
import { type Literal, type Member, type Name, readLiteral, type Span } from './literals';
import { scriptsOf, withoutServerCode } from './markup';

/** A property that `identify` writes. */
interface WrittenProperty {
  readonly name: Name;
  readonly value: Literal | undefined;
}

/** A call of the service's script. */
export type Call = Span & {
  /** Where the statements begin that it is one of, or stands in one of (`Cursor.block`). Those of two scripts differ. */
  readonly block: string;
  /** Whether it is a statement by itself, and is not called perhaps, or later, as in `() => dashly.auth()`. */
  readonly isStatement: boolean;
} & (
    | {
        readonly method: 'track';
        /** Undefined where the source does not say it. */
        readonly event: Name | undefined;
        readonly parameters: readonly Member[];
      }
    | {
        readonly method: 'identify';
        readonly properties: readonly WrittenProperty[];
        /** Inside of the braces where a key may be typed. */
        readonly keys: Span | undefined;
      }
    | { readonly method: 'auth' }
  );

/** The most calls that are found, and how far the arguments of one are read, in UTF-16 units. */
const mostCalls = 1_000;
const longestArguments = 5_000;

/**
 * Finds the calls in a source file, those in comments and texts left out.
 * @param language VS Code's name for it
 * @param clients how the script's object is called in this code: names of JavaScript
 */
export function findCalls(text: string, language: string, clients: readonly string[]): Call[] {
  const words = clientWords(clients);
  if (!words.test(text)) return [];
  const page = withoutServerCode(text, language);
  const scripts = isPage(language) ? scriptsOf(page, words) : [{ start: 0, end: page.length }];
  const candidates = [
    ...page.matchAll(
      new RegExp(
        `(?:${words.source})\\s*(?:!\\s*)?\\??\\.\\s*(track|identify|auth)\\s*(?:<[^<>()]{0,100}>\\s*)?(?:\\?\\.\\s*)?\\(`,
        'g',
      ),
    ),
  ];
  const calls: Call[] = [];
  let next = 0;
  for (const { start, end } of scripts) {
    const cursor = new Cursor(page, start, end);
    for (let found = candidates[next]; found && found.index < end; found = candidates[++next]) {
      while (cursor.at < found.index) cursor.step();
      // Else it stands outside of the scripts, in a comment or a text, or is the end of another name.
      if (cursor.at === found.index && !isNameCode(page.charCodeAt(found.index - 1)) && calls.length < mostCalls)
        calls.push(readCall(cursor, found, start));
    }
  }
  return calls;
}

function readCall(cursor: Cursor, { 0: whole, 1: method, index }: RegExpExecArray, script: number): Call {
  const { text, end, block } = cursor;
  const args = index + whole.length;
  const behind = new Cursor(text, args, Math.min(end, args + longestArguments));
  const place = { start: index, end: args, block: `${script} ${block}`, isStatement: cursor.isStatement() };
  switch (method) {
    case 'track':
      return { ...place, method, ...readTrack(behind) };
    case 'identify':
      return { ...place, method, ...readIdentify(behind) };
    default:
      return { ...place, method: 'auth' };
  }
}

function readTrack(cursor: Cursor): { event: Name | undefined; parameters: readonly Member[] } {
  const first = readLiteral(cursor);
  const event =
    first.kind === 'text' ? { text: first.value, start: first.start, end: first.end, quote: first.quote } : undefined;
  if (cursor.text.charAt(cursor.at) !== ',' || cursor.atEnd) return { event, parameters: [] };
  cursor.at++;
  const second = readLiteral(cursor);
  return { event, parameters: second.kind === 'object' ? second.members : [] };
}

/** Both forms (API.md, section 7): `{key: value}` and `[{op, key, value}]`. */
function readIdentify(cursor: Cursor): { properties: readonly WrittenProperty[]; keys: Span | undefined } {
  const given = readLiteral(cursor);
  if (given.kind === 'object')
    return {
      properties: given.members,
      keys: { start: given.start + 1, end: Math.max(given.start + 1, given.end - 1) },
    };
  const items = given.kind === 'list' ? given.items : [];
  const properties = items.flatMap((item) => {
    const member = (name: string): Literal | undefined =>
      item.kind === 'object' ? item.members.find((each) => each.name.text === name)?.value : undefined;
    const key = member('key');
    if (key?.kind !== 'text') return [];
    return [{ name: { text: key.value, start: key.start, end: key.end, quote: key.quote }, value: member('value') }];
  });
  return { properties, keys: undefined };
}
