/**
 * A text of at most so many UTF-16 units: what is longer is cut and ends with an ellipsis. Never cut between the halves
 * of a surrogate pair, nor behind a space or a joiner.
 */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.replace(/[\s\u200D]+$/, '')}…`;
}
