import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileProblems, mostBytes, noticeProblems, packageFiles } from '../../release/packageFiles';
import { packageInto } from '../../vscode/build';

describe('the package', function () {
  // Two builds; the limit is only for what hangs.
  this.timeout(300_000);
  let folder: string;
  let first: Buffer;
  let files: ReadonlyMap<string, string>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dashly-leads-package-'));
    first = await packaged('first.vsix');
    files = packageFiles(first);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function packaged(name: string): Promise<Buffer> {
    const file = path.join(folder, name);
    await packageInto(file);
    return readFile(file);
  }

  it('has the files that are needed, and no other', () => {
    assert.deepEqual(fileProblems(files), []);
    assert.deepEqual(fileProblems(new Map([...files, ['extension/src/extension.ts', '']])), [
      'extension/src/extension.ts is in the package, but not in the list.',
    ]);
    assert.deepEqual(fileProblems(new Map([...files].filter(([name]) => name !== 'extension/dist/card.js'))), [
      'extension/dist/card.js is not in the package.',
    ]);
  });

  it('is no larger than it may be', () => {
    assert.ok(first.length <= mostBytes, `${first.length} bytes`);
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
    assert.deepEqual(noticeProblems(files), []);
    const notices = files.get('extension/dist/THIRD_PARTY_NOTICES.txt') ?? '';
    assert.deepEqual(
      noticeProblems(new Map([['extension/dist/THIRD_PARTY_NOTICES.txt', notices.replace('Matt Zabriskie', '')]])),
      ['axios has no notice.'],
    );
  });
});
