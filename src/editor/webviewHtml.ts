import * as vscode from 'vscode';
import { language } from '../language';

/** The folders a page may load from: its built script and its style sheets. */
export function webviewResources(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** Each has a script of this name in `dist` and a style sheet of this name in `media`. */
type PageName = 'card' | 'explore';

/**
 * A page of a webview, without any data: that comes by messages. Only the texts of its language are in it, because the page
 * makes its tables of words at once. Nothing may be loaded but the page's own script and style sheets: no picture, no font,
 * nothing from another address.
 *
 * The toolkit makes one style element, by which it finds out whether the browser knows `:focus-visible`; it takes the nonce
 * for it out of `csp-nonce`. Refused, it would draw a focus ring around whatever is clicked. The one inline style that the
 * console still reports as refused is VS Code's own: it writes the theme into the `style` of `<html>` before the page is
 * there, and sets it again by script, which is allowed.
 */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: PageName, title: string): string {
  const file = (folder: string, name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, folder, name)).toString();
  const [scriptNonce, styleNonce] = [randomNonce(), randomNonce()];
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'nonce-${styleNonce}'`,
    `script-src 'nonce-${scriptNonce}'`,
    // These two do not fall back on `default-src`.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta property="csp-nonce" content="${styleNonce}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${file('media', 'page.css')}">
  <link rel="stylesheet" href="${file('media', `${page}.css`)}">
  <title>${title}</title>
</head>
<body>
  <script type="application/json" id="texts">${texts()}</script>
  <script nonce="${scriptNonce}" src="${file('dist', `${page}.js`)}"></script>
</body>
</html>`;
}

/** The texts of the language as JSON that cannot end the element it stands in. */
function texts(): string {
  return JSON.stringify(vscode.l10n.bundle ?? null).replaceAll('<', '\\u003c');
}

/** 128 bits nobody can guess, as text fit for an attribute. */
function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
