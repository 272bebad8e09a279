/**
 * What is wrong with an app id, in a sentence; undefined when nothing is.
 * @param text what a person typed
 */
export function appIdProblem(text: string): string | undefined {
  const app = text.trim();
  if (app === '') return 'Type the app’s id, or $self_app for the app the token belongs to.';
  if (/["'`]/.test(app)) return 'Leave out the quotes.';
  if (!/^[\w$.-]+$/.test(app)) return 'An app’s id has only letters, digits and _ - . $; it stands in the admin panel under Settings → Developers.';
  return undefined;
}

/**
 * What is wrong with a token, in a sentence; undefined when nothing is. A token's shape is documented nowhere, so only what
 * cannot stand in a header, and what is pasted along by mistake, is refused.
 * @param text what a person typed or pasted; blanks around it do not count
 */
export function tokenProblem(text: string): string | undefined {
  const token = text.trim();
  if (token === '') return 'Paste the app’s API token.';
  if (/^(authorization:|token|bearer)\s/i.test(token)) return 'Paste only the token itself, without the word before it.';
  if (/^["'`]|["'`]$/.test(token)) return 'Leave out the quotes around the token.';
  if (/\s/.test(token)) return 'A token has no blanks or line breaks: was something else pasted along?';
  if (!/^[\x21-\x7e]+$/.test(token)) return 'There is a character in it that no token has: was it copied whole, and from the admin panel?';
  return undefined;
}
