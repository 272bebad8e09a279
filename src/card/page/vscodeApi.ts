import type { PageMessage } from '../protocol';

/** Says something to the extension host. */
export type Send = (message: PageMessage) => void;

/** What VS Code gives a webview's script, once. Its `setState` is not used: it would keep lead data on disk. */
declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void };

/** @returns the page's way to the extension host; callable once a page */
export function connectToHost(): Send {
  const api = acquireVsCodeApi();
  return (message) => api.postMessage(message);
}
