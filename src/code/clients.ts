/*
 * Which files are looked at, known from the start: a file of its own, because the rest is loaded only when there is one.
 */

/** The global objects of the service's script (API.md, section 7). */
export const serviceClients = ['dashly', 'carrotquest'] as const;

const pages = ['html', 'vue', 'svelte', 'php'] as const;

/** The languages whose files are looked at, by VS Code's names. `package.json` wakes the extension for them. */
export const codeLanguages: readonly string[] = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact'],
  ...pages,
];

/** Whether scripts are a part of such a file only. */
export function isPage(language: string): boolean {
  return pages.some((page) => page === language);
}

/** Recognises the words that a file must hold to be looked at; not `g`, so that `test` forgets nothing. */
export function clientWords(clients: readonly string[]): RegExp {
  return new RegExp(clients.map((client) => client.replaceAll('$', '\\$')).join('|'));
}

/** Whether a text may hold a token of the API: the beginning of its shape (API.md, section 2). */
export function mayHoldToken(text: string): boolean {
  return /\bapp\.\d+\.[\w-]{16}/.test(text);
}
