/** "2 minutes ago", "in 3 days". @param date the moment @param now the moment it is seen from, both in ms since 1970 */
export function relativeTime(_date: number, _now: number, _locale = 'en'): string {
  throw new Error('not yet');
}
