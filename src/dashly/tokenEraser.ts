/** A token of the API by its shape (API.md, section 2); the name of a file that is built so is none. */
export const tokenShape = /(?<![\w.-])app\.\d+\.[\w-]{16,}(?![\w-]|\.\w)/;

/** What stands where a token stood. */
const erased = '(token)';

/** A shorter text is no secret, and taking it out would spoil words that happen to hold it. */
const shortest = 6;

/**
 * Gives a function that takes a token out of a text, wherever and however it stands there: a service may quote what it
 * was sent, as it is or in upper or lower case, percent-encoded (once or more, all of it or some characters), as escapes
 * of JSON or HTML, in hexadecimal, or inside something in base64, such as a whole header.
 */
export function tokenEraser(token: string): (text: string) => string {
  if (token.length < shortest) return (text) => text;
  let pattern: RegExp | undefined;
  return (text) => text.replace((pattern ??= tokenPattern(token)), erased);
}

/** Every repetition is bounded: what a hostile service says may be as long as an answer. */
function tokenPattern(token: string): RegExp {
  const bytes = new TextEncoder().encode(token);
  const characters = Array.from(token, (character) => {
    const percent = Array.from(new TextEncoder().encode(character), (byte) => `%(?:25){0,4}${hex(byte)}`).join('');
    const code = character.codePointAt(0) ?? 0;
    const escapes = [`\\\\{1,4}u0{0,4}${code.toString(16)}`, `&#0{0,4}${code};`, `&#x0{0,4}${code.toString(16)};`];
    return `(?:${[`\\\\{0,4}${literally(character)}`, percent, ...escapes].join('|')})`;
  }).join('');
  // Base64 tells upper from lower case, but leaving that out finds nothing that is not one in 10 to the many.
  return new RegExp([characters, Array.from(bytes, hex).join(''), ...base64Patterns(bytes)].join('|'), 'gi');
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The token may begin at each of the three places of a group of base64; what it shares a character with is left out. */
function base64Patterns(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((place) => {
    const text = btoa('\0'.repeat(place) + String.fromCharCode(...bytes)).replace(/=+$/, '');
    const whole = text.slice(Math.ceil((place * 4) / 3), Math.floor(((place + bytes.length) * 4) / 3));
    return Array.from(whole, (one) => (one === '+' ? '[+-]' : one === '/' ? '[/_]' : one)).join('');
  });
}
