import { shortened } from '../dashly/shortened';

/** The longest text of a label, a description or a value in a row, in characters. */
const maxLabelLength = 200;

/** Tabs and everything that begins a new line. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * Characters that show nothing and change what is around them: controls, direction embeddings, overrides and
 * isolates, zero-width space, joiners of words, annotations, tags, lone surrogates. Direction *marks* and the
 * zero-width (non-)joiner are ordinary parts of right-to-left, Indic and emoji writing and can do no harm. So are a selector
 * behind the ideograph whose form it chooses (its first group), and the tags behind a black flag up to their end.
 */
const invisible =
  /((?<=\p{Script=Han})[\u{E0100}-\u{E01EF}]|\u{1F3F4}[\u{E0020}-\u{E007E}]{1,6}\u{E007F})|[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u180E\u200B\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}\p{Surrogate}]/gu;

/** Nothing that `breaks` or `invisible` finds: the common letters, which are not looked through for each of these. */
const harmless = /^[ -~\u00A0-\u00AC\u00AE-\u180D]*$/;

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Most lines have none of these, and are not looked through for the scripts. */
const beyondGreekAndCyrillic = /[\u0590-\uFFFF]/;

/**
 * Whether there is nothing to see in a text: blanks, U+2800 (a Braille cell without dots) among them, and what draws
 * nothing.
 */
export function isBlank(text: string): boolean {
  return !/[^\s\u2800\p{Default_Ignorable_Code_Point}\p{Cc}\u{1D159}]/u.test(text);
}

/**
 * Text of strangers made fit for one line: line breaks and tabs become a space, characters that show nothing but
 * change what is around them become a visible escape (`\u202E`), and what is longer than `maxLength` UTF-16 units is
 * cut and ends with an ellipsis.
 */
export function singleLine(text: string, maxLength = maxLabelLength): string {
  // Cut before anything else: a value of 100,000 characters in each row must cost nothing.
  const head = text.length > 2 * maxLength ? text.slice(0, 2 * maxLength) : text;
  const shown = harmless.test(head)
    ? head
    : head.replace(breaks, ' ').replace(invisible, (found, writing?: string) => writing ?? escapeOf(found));
  const line = shown.trim();
  return shortened(head.length < text.length ? `${line}…` : line, maxLength);
}

/**
 * A piece of text for use between others on one line: a right-to-left piece is isolated, so that it does not reorder
 * its neighbours.
 */
export function isolated(line: string): string {
  return beyondGreekAndCyrillic.test(line) && rightToLeft.test(line) ? `\u2068${line}\u2069` : line;
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i;

/** Whether Windows takes a file's name for that of a device, whatever follows a dot. */
export function isDeviceName(name: string): boolean {
  return device.test(name);
}

/** Overrides and embeddings of the writing direction, and controls but for line breaks: they change what is around them. */
const reordering = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/g;

/**
 * Text for a place where VS Code reads more than text: `[title](command:…)` is a link that runs a command in messages,
 * progress, prompts and validation messages (`parseLinkedText` in VS Code's `src/vs/base/common/linkedText.ts`), and
 * `$(name)` is an icon in quick picks, prompts and the status bar. Made plain, it is read as it stands: a zero-width
 * space inside the pair is neither seen nor spoken. (VS Code's own escape of icons, a backslash, is undone when a
 * highlighted match ends behind it, and screen readers speak it.) Giving the result again changes nothing.
 */
export function plain(text: string): string {
  return text.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(').replace(reordering, escapeOf);
}
