import { inflateRawSync } from 'node:zlib';

/** All that is installed, without the hashes in names. What is added to the package is added here, on purpose. */
const shipped = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/THIRD_PARTY_NOTICES.txt',
  'extension/dist/axios.cjs',
  'extension/dist/browser.js',
  'extension/dist/card.js',
  'extension/dist/chunk.cjs',
  'extension/dist/client.cjs',
  'extension/dist/explore.js',
  'extension/dist/extension.cjs',
  'extension/dist/features.cjs',
  'extension/dist/language.cjs',
  'extension/dist/parts.cjs',
  'extension/dist/requestQueue.cjs',
  'extension/dist/sampleApi.cjs',
  'extension/dist/sampleApp.cjs',
  'extension/l10n/bundle.l10n.ru.json',
  'extension/media/card.css',
  'extension/media/explore.css',
  'extension/media/icon.png',
  'extension/media/leads-filter.schema.json',
  'extension/media/leads.svg',
  'extension/media/page.css',
  ...['browse', 'card', 'connect', 'export', 'search', 'tracking'].map(
    (name) => `extension/media/walkthrough/${name}.svg`,
  ),
  'extension/package.json',
  'extension/package.nls.json',
  'extension/package.nls.ru.json',
  'extension/readme.md',
];

/** A package of which code is in `dist/`, and words by which its licence is known. */
const bundled: readonly (readonly [name: string, words: RegExp])[] = [
  ['@microsoft/fast-element', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@microsoft/fast-foundation', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@microsoft/fast-web-utilities', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@vscode/webview-ui-toolkit', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@vscode/l10n', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['axios', /Matt Zabriskie[^]*Permission is hereby granted/],
  ['exenv-es6', /Permission is hereby granted/],
  ['tslib', /Permission to use, copy, modify/],
];

/** The most bytes that a package may have. */
export const mostBytes = 450_000;

/** The files in a package by name, as text. @param vsix a zip */
export function packageFiles(vsix: Buffer): Map<string, string> {
  const end = vsix.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, string>();
  for (let at = vsix.readUInt32LE(end + 16); at < end;) {
    const [packedSize, nameSize, more, start] = [20, 28, 30, 42].map((place, index) =>
      index === 0 || index === 3 ? vsix.readUInt32LE(at + place) : vsix.readUInt16LE(at + place),
    ) as [number, number, number, number];
    const from = start + 30 + vsix.readUInt16LE(start + 26) + vsix.readUInt16LE(start + 28);
    const content = vsix.subarray(from, from + packedSize);
    const isPacked = vsix.readUInt16LE(at + 10) === 8;
    files.set(
      vsix.toString('utf8', at + 46, at + 46 + nameSize),
      (isPacked ? inflateRawSync(content) : content).toString(),
    );
    at += 46 + nameSize + more + vsix.readUInt16LE(at + 32);
  }
  return files;
}

/** Which files are in a package and should not be, or are missing; a sentence each. */
export function fileProblems(files: ReadonlyMap<string, string>): string[] {
  const names = new Set([...files.keys()].map((name) => name.replace(/-[A-Z0-9]{8}\.cjs$/, '.cjs')));
  return [
    ...[...names]
      .filter((name) => !shipped.includes(name))
      .map((name) => `${name} is in the package, but not in the list.`),
    ...shipped.filter((name) => !names.has(name)).map((name) => `${name} is not in the package.`),
  ];
}

/** Which bundled packages have no licence in the notices; a sentence each. */
export function noticeProblems(files: ReadonlyMap<string, string>): string[] {
  const notices = (files.get('extension/dist/THIRD_PARTY_NOTICES.txt') ?? '').split(`\n${'-'.repeat(80)}\n`).slice(1);
  const title = /^\n(\S+) \d+\.\d+\.\d+\S* \(([\w-]+)\)\n\n/;
  const texts = notices.map((notice) => [title.exec(notice)?.[1], notice.replace(title, '')] as const);
  const isLicence = (text: string): boolean =>
    /\b(permission|redistribution|license[ds]?)\b/i.test(text) && text.length > 300;
  return [
    ...texts
      .filter(([name, text]) => name === undefined || !isLicence(text))
      .map(([name]) => `${name} has no licence.`),
    ...bundled.flatMap(([name, words]) => {
      const own = texts.filter(([other]) => other === name);
      return own.length > 0 && own.every(([, text]) => words.test(text)) ? [] : [`${name} has no notice.`];
    }),
  ];
}
