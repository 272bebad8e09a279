import { LazyRoom } from '../editor/lazyRoom';
import type { LeadCards, LeadCardsOptions } from './leadCards';

/** The lead cards, read from disk when the first one opens; made once in `extension.ts`, which disposes it. */
export function cardRoom(options: LeadCardsOptions): LazyRoom<LeadCards> {
  return new LazyRoom(options.log, ['openCard', 'pinCard', 'pinActiveCard', 'copyJsonOfActiveCard'], async () => {
    const { LeadCards } = await import('./leadCards');
    return () => new LeadCards(options);
  });
}
