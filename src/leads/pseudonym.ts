/**
 * Four hexadecimal digits that stand for a text: the same for the same text and key. Not a cryptographic hash; with
 * 65,536 results nothing can be read back from one, and two leads in a list may share theirs.
 *
 * @param key a secret; without it nobody can compute which text gives which digits
 */
export function hexPseudonym(key: string, text: string): string {
  // Two multiplicative hashes with crossed avalanches, as in MurmurHash3's finaliser.
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  const input = `${key}\u0000${text}\u0000${key}`;
  for (let index = 0; index < input.length; index++) {
    const code = input.charCodeAt(index);
    first = Math.imul(first ^ code, 0x9e3779b1);
    second = Math.imul(second ^ code, 0x5f356495);
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35);
  first ^= first >>> 16;
  return (first & 0xffff).toString(16).toUpperCase().padStart(4, '0');
}
