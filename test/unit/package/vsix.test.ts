import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { packageInto } from '../../vscode/build';

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
  'extension/dist/parts.cjs',
  'extension/dist/requestQueue.cjs',
  'extension/dist/sampleApi.cjs',
  'extension/dist/sampleApp.cjs',
  'extension/media/card.css',
  'extension/media/explore.css',
  'extension/media/icon.png',
  'extension/media/leads-filter.schema.json',
  'extension/media/leads.svg',
  'extension/media/page.css',
  'extension/package.json',
  'extension/readme.md',
];

/** A package of which code is in `dist/`, and words by which its licence is known. */
const bundled: readonly (readonly [name: string, words: RegExp])[] = [
  ['@microsoft/fast-element', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@microsoft/fast-foundation', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@microsoft/fast-web-utilities', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['@vscode/webview-ui-toolkit', /Microsoft Corporation[^]*Permission is hereby granted/],
  ['axios', /Matt Zabriskie[^]*Permission is hereby granted/],
  ['exenv-es6', /Permission is hereby granted/],
  ['tslib', /Permission to use, copy, modify/],
];

describe('the package', function () {
  // Two builds; the limit is only for what hangs.
  this.timeout(300_000);
  let folder: string;
  let first: Buffer;
  let files: ReadonlyMap<string, string>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dashly-leads-package-'));
    first = await packaged('first.vsix');
    files = unzipped(first);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function packaged(name: string): Promise<Buffer> {
    const file = path.join(folder, name);
    await packageInto(file);
    return readFile(file);
  }

  it('has the files that are needed, and no other', () => {
    const names = [...files.keys()].map((name) => name.replace(/-[A-Z0-9]{8}\.cjs$/, '.cjs'));
    assert.deepEqual([...new Set(names)].sort(), shipped);
  });

  it('is the same bytes when it is made again, at another time and in another zone', async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Tokyo';
    try {
      assert.ok(first.equals(await packaged('second.vsix')), 'two packages of the same sources differ');
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('has a readme and a changelog whose links lead to the repository: what they point at is not in the package', () => {
    for (const name of ['readme.md', 'changelog.md']) {
      const links = [...(files.get(`extension/${name}`) ?? '').matchAll(/\]\(([^)\s]+)\)/g)].map(
        ([, link]) => link ?? '',
      );
      assert.ok(links.length > 1, name);
      assert.deepEqual(
        links.filter((link) => !/^https:\/\/|^#/.test(link)),
        [],
        name,
      );
    }
  });

  it('points at no source map', () => {
    for (const [name, text] of files) assert.doesNotMatch(text, /[#@]\s*sourceMappingURL=/, name);
  });

  it('names every package that was bundled, with its licence', () => {
    const notices = (files.get('extension/dist/THIRD_PARTY_NOTICES.txt') ?? '').split(`\n${'-'.repeat(80)}\n`).slice(1);
    const title = /^\n(\S+) \d+\.\d+\.\d+\S* \(([\w-]+)\)\n\n/;
    const texts = notices.map((notice) => [title.exec(notice)?.[1], notice.replace(title, '')] as const);
    for (const [name, text] of texts) {
      assert.ok(
        name !== undefined && /\b(permission|redistribution|license[ds]?)\b/i.test(text) && text.length > 300,
        name,
      );
    }
    for (const [name, words] of bundled) {
      const own = texts.filter(([other]) => other === name);
      assert.ok(own.length > 0 && own.every(([, text]) => words.test(text)), `${name} has no notice`);
    }
  });
});

/** The files in a zip by name, as text. */
function unzipped(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, string>();
  for (let at = zip.readUInt32LE(end + 16); at < end;) {
    const [packedSize, nameSize, more, start] = [20, 28, 30, 42].map((place, index) =>
      index === 0 || index === 3 ? zip.readUInt32LE(at + place) : zip.readUInt16LE(at + place),
    ) as [number, number, number, number];
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const content = zip.subarray(from, from + packedSize);
    const isPacked = zip.readUInt16LE(at + 10) === 8;
    files.set(
      zip.toString('utf8', at + 46, at + 46 + nameSize),
      (isPacked ? inflateRawSync(content) : content).toString(),
    );
    at += 46 + nameSize + more + zip.readUInt16LE(at + 32);
  }
  return files;
}
