import * as l10n from '@vscode/l10n';
import { tokenShape } from '../dashly/tokenEraser';
import type { Span } from './literals';
import { brokenLimits, type KnownApp, mentionsIn } from './names';
import { type NearName, nearName, nearWords } from './nearName';
import type { Call } from './scan';

/** Something to look at in a source file, in plain text. */
export interface Problem extends Span {
  readonly message: string;
}

/** What is to be said of the calls of a file. */
export function problemsOfCalls(calls: readonly Call[], app: KnownApp | undefined): Problem[] {
  const early = calls.filter((call, index) => call.method === 'identify' && isBeforeAuth(calls, index));
  const nearNames = new Map<string, NearName | undefined>();
  return [
    ...early.map(({ start, end }) => ({
      start,
      end: end - 1,
      message: l10n.t(
        '“identify” stands before “auth” in the same block: what it writes may go to another visitor. Call “auth” first.',
      ),
    })),
    ...calls.flatMap(mentionsIn).flatMap((mention) => {
      const { start, end, text } = mention.name;
      const key = `${mention.kind} ${text}`;
      // One name stands in many calls, and is compared with all that the app has.
      if (!nearNames.has(key)) nearNames.set(key, nearName(mention, app));
      const near = nearNames.get(key);
      const messages = [...(near ? [nearWords(near)] : []), ...brokenLimits(mention)];
      return messages.map((message) => ({ start, end, message }));
    }),
  ];
}

/** After `auth` must come `identify` (API.md, section 7). */
function isBeforeAuth(calls: readonly Call[], index: number): boolean {
  const call = calls[index];
  const isAuth = ({ method, block }: Call): boolean => method === 'auth' && block === call?.block;
  if (!call?.isStatement || calls.slice(0, index).some(isAuth)) return false;
  return calls.slice(index).some((later) => isAuth(later) && later.isStatement);
}

const tokens = new RegExp(tokenShape, 'g');

/** The longest text that is searched, in UTF-16 units. */
const longestText = 1_000_000;

/** The tokens of the API in any text. What is said does not repeat them. */
export function tokensIn(text: string): Problem[] {
  return [...text.slice(0, longestText).matchAll(tokens)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    message: l10n.t(
      'This opens all of the app’s leads. If others can read this file, make a new token in the admin panel (Settings → Developers → API keys) and delete this one there; keep the new one out of files.',
    ),
  }));
}
