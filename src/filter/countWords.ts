import type { MatchCountState } from './matchCount';

const format = new Intl.NumberFormat('en');

/**
 * How many leads match, in words: `1,204 leads match`.
 * @param explain gives the sentence of an error that may be shown
 */
export function countWords(state: MatchCountState, explain: (error: unknown) => string): string {
  if (state.kind === 'counting') return 'counting…';
  if (state.kind === 'failed') return `not counted: ${explain(state.error)}`;
  return state.count === 1 ? '1 lead matches' : `${state.count === 0 ? 'no' : format.format(state.count)} leads match`;
}
