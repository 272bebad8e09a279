/**
 * A text with the digits of any writing as those of ASCII: Arabic, Persian and wide ones, among others. Unicode has the
 * digits of each writing in a row from 0 to 9.
 */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value++;
    return String(value);
  });
}
