/** Names and values of attributes; undefined leaves one out. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/**
 * Makes an element. Strings become text nodes: nothing is ever parsed as HTML, because most texts on a page were
 * written by strangers.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes?: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag];
export function element(tag: string, attributes?: Attributes, ...children: readonly (Node | string)[]): HTMLElement;
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  return filled(document.createElement(tag), attributes, children);
}

/** Makes an SVG element. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<Made extends Element>(made: Made, attributes: Attributes, children: readonly (Node | string)[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * A text with elements in the places of its values, to be the children of an element.
 * @param text of `l10n.t`: `Read {0}.`
 */
export function withValues(text: string, ...values: readonly (Node | string)[]): (Node | string)[] {
  return text
    .split(/(\{\d\})/)
    .filter((part) => part !== '')
    .map((part) => values[Number(/^\{(\d)\}$/.exec(part)?.[1])] ?? part);
}

/** The icons as outlines on a grid of 16 by 16, drawn for these pages. */
const outlines = {
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  braces:
    'M6 2.5H5A1.5 1.5 0 0 0 3.5 4v2.2L2 8l1.5 1.8V12A1.5 1.5 0 0 0 5 13.5h1M10 2.5h1A1.5 1.5 0 0 1 12.5 4v2.2L14 8l-1.5 1.8V12a1.5 1.5 0 0 1-1.5 1.5h-1',
  search: 'M10.5 10.5 14 14M6.75 2.5a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5z',
  link: 'M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3h-3',
  pin: 'M8 10.5V15M4.5 10.5h7L10 8V3l1-1.5H5L6 3v5z',
  ascending: 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  descending: 'M8 3v10M4.5 9.5 8 13l3.5-3.5',
  more: 'M3 7.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2zM8 7.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2zM13 7.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2z',
  compare: 'M2.5 2.5h4v11h-4zM9.5 2.5h4v11h-4z',
  earlier: 'M8 2.5a5.5 5.5 0 1 1-5.2 3.7M2.5 2.5v3.7h3.7M8 5v3.2l2 1.3',
  raw: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  leads: 'M5 4.5h8.5M5 8h8.5M5 11.5h8.5M2.5 4.5h.1M2.5 8h.1M2.5 11.5h.1',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  check: 'M3 8.5 6.5 12 13 4.5',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  file: 'M4.5 1.5h5l3 3v10h-8zM9.5 1.5v3h3',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.5V10M8 11.3v.9',
} as const;

export type IconName = keyof typeof outlines;

/** An icon in the colour of the text around it; what it means has to be said beside it. */
export function icon(name: IconName): SVGSVGElement {
  return svgElement(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', width: '16', height: '16' },
    svgElement('path', { d: outlines[name] }),
  );
}

/** What VS Code gives a webview's script, once. Its `setState` is not used: it would keep lead data on disk. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** @returns the page's way to the extension host; callable once a page */
export function connectToHost(): (message: unknown) => void {
  const api = acquireVsCodeApi();
  return (message) => api.postMessage(message);
}
