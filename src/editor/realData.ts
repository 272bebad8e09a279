import type { Masking } from '../leads/masking';

/**
 * Asks once a session whether real contact data may leave the extension while contacts are masked.
 * @param masking asks only while it is on
 * @param what what is about to carry the data, as the start of a sentence: `The copied JSON`
 * @returns true when it may
 */
export function confirmRealData(masking: Masking, what: string): Promise<boolean> {
  throw new Error(`not built yet: ${what} ${masking.on}`);
}
