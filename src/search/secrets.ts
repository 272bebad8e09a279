import { tokenShape } from '../dashly/tokenEraser';

const apiToken = new RegExp(tokenShape, 'i');

/** A token of another kind that is built as those of the API are; an e-mail address may be, too. */
const likeApiToken = /\p{L}\.\d+\.(?=[a-z_-]*\d)[\w-]{16,}(?![\w-]|\.\w|[^\s@]{0,64}@)/iu;

/** What stands before a token in a request, and tokens of another shape (JSON Web Tokens). */
const otherToken = /(?:(?<![\w-])authorization|auth_token)["'\\]*\s*[:=]|(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./i;

/** A long text with a digit in it, behind what says that it is a token. */
const namedToken =
  /(?<![\w-])(?:(?:bearer|token)\s+|[\w-]*(?:token|api[_-]?key|secret)["'\\]*\s*[:=]\s*)["'\\]*(?=[\w.~+/-]*\d)[\w.~+/-]{16,}(?![\w.~+/@-])/i;

/** Whether a token is in a text that a person typed or pasted, also where blanks or line breaks came into it. */
export function isToken(text: string): boolean {
  const plain = text.normalize('NFKC');
  const shapes = [plain, plain.replace(/\s+/g, '')];
  return (
    otherToken.test(plain) ||
    namedToken.test(plain) ||
    shapes.some((shape) => apiToken.test(shape) || likeApiToken.test(shape))
  );
}

/** What stands before cookies where they are copied with more around them: a header, a variable, an option of curl. */
const cookieHeader =
  /^["']?(?:set-)?cookie\s*:|(?<![\w-])(?:(?:set-)?cookie["'\\]*\s*[:=]|-b\s|--cookie[\s=])\s*["'\\]*[^\s=;:,"'\\]+=/i;

/** A row of the developer tools: name, value, domain, path. */
const cookieRow = /^[^\t]+\t[^\t]*\t[\w.-]+\t\//;

/** Of a row of `cookies.txt`, behind the domain: whether subdomains, path, whether secure, until when, name. */
const cookieFileRow = /(?<!\S)(?:TRUE|FALSE)\s+\/\S*\s+(?:TRUE|FALSE)\s+-?\d[\d.]*\s+\S/i;

/** What the members of a cookie are called where browsers and tools write cookies as JSON. */
const cookieMembers = [/["']name\\?["']\s*:/, /["']value\\?["']\s*:/];

/** One cookie; two names that are joined (`Anna=Maria`) and what ends with `=`, as Base64 may, are none. */
const cookiePair = /^["'\\]*(?![A-Z][a-z]*=[A-Z][a-z]*$)[\w!#$%&*+.^|~-]+=(?!=*["'\\]*$)[^\s;,"'\\@]+["'\\]*$/;

/** Whether cookies are in a text that a person typed or pasted. */
export function isCookies(text: string): boolean {
  if (cookieHeader.test(text) || cookieRow.test(text) || cookieFileRow.test(text)) return true;
  if (cookieMembers.every((member) => member.test(text))) return true;
  const words = text.split(/[\s;]+|,\s+/).filter((word) => word !== '');
  if (words.length > 0 && words.every((word) => cookiePair.test(word))) return true;
  const pieces = text.split(';');
  return pieces.some((piece, index) => beginsWithPair(piece) && index > 0 && isPair(pieces[index - 1] ?? ''));
}

function isPair(text: string): boolean {
  return (
    beginsWithPair(text) ||
    text
      .split(/[\s"'<>]/)
      .at(-1)
      ?.includes('=') === true
  );
}

function beginsWithPair(text: string): boolean {
  return /^\s*["']?[^\s=,"']+=/.test(text);
}
