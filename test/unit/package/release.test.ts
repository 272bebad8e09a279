import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isNewer, notesOf, releasedChangelog } from '../../release/changelog';
import { identityProblems, type Identity, repositoryPage } from '../../release/identity';

const read = (name: string): string => readFileSync(path.join(__dirname, '../../..', name), 'utf8');

const page = 'https://github.com/owner/name';
const changelog = `# Changelog

## [Unreleased]

### Added

- One thing, see [Unreleased things](docs).

## [0.1.0] - 2026-11-23

First version.

[Unreleased]: ${page}/compare/v0.1.0...HEAD
[0.1.0]: ${page}/releases/tag/v0.1.0
`;
const release = { version: '0.2.0', date: '2026-12-01', before: '0.1.0', page };

describe('A release', () => {
  it('has a version after the last one', () => {
    const order = ['0.0.9', '0.1.0', '0.1.1', '0.2.0', '0.10.0', '1.0.0', '10.0.0'];
    for (const [index, one] of order.entries())
      for (const [place, other] of order.entries()) assert.equal(isNewer(one, other), index > place, `${one} ${other}`);
    for (const text of ['', '1', '1.2', 'v1.2.3', '1.2.3-beta.1', '1.2.3.4', '01.x.3'])
      assert.throws(() => isNewer(text, '0.1.0'), /no version of three numbers/, text);
  });

  it('puts what is unreleased under its version, and leads from there to what changed', () => {
    const after = releasedChangelog(changelog, release);
    assert.equal(notesOf(after, 'Unreleased'), '');
    assert.equal(notesOf(after, '0.2.0'), '### Added\n\n- One thing, see [Unreleased things](docs).');
    assert.equal(notesOf(after, '0.1.0'), 'First version.');
    assert.match(after, /^## \[0\.2\.0\] - 2026-12-01$/m);
    assert.ok(
      after.endsWith(`[Unreleased]: ${page}/compare/v0.2.0...HEAD
[0.2.0]: ${page}/compare/v0.1.0...v0.2.0
[0.1.0]: ${page}/releases/tag/v0.1.0
`),
    );
  });

  it('is refused when there is nothing to say, or it was said before', () => {
    const after = releasedChangelog(changelog, release);
    assert.throws(() => releasedChangelog(after, { ...release, version: '0.3.0' }), /nothing under Unreleased/);
    assert.throws(
      () => releasedChangelog(changelog, { ...release, version: '0.1.0' }),
      /has a section 0\.1\.0 already/,
    );
  });

  it('is refused while publisher or repository are placeholders, as they are here', () => {
    const manifest = JSON.parse(read('package.json')) as Identity;
    assert.deepEqual(
      identityProblems(manifest).map((sentence) => /publisher|repository/.exec(sentence)?.[0]),
      ['publisher', 'repository'],
    );
    assert.deepEqual(identityProblems({ publisher: 'someone', repository: { url: `${page}.git` } }), []);
    for (const url of ['', 'https://example.com/owner/name.git', page, 'git@github.com:owner/name.git'])
      assert.equal(identityProblems({ publisher: 'someone', repository: { url } }).length, 1, url);
    assert.equal(repositoryPage({ publisher: 'someone', repository: { url: `${page}.git` } }), page);
  });

  it('can be made of the changelog as it is', () => {
    const after = releasedChangelog(read('CHANGELOG.md'), { ...release, version: '99.0.0' });
    assert.equal(notesOf(after, '99.0.0'), notesOf(read('CHANGELOG.md'), 'Unreleased'));
    // The sections of Keep a Changelog, each at most once.
    for (const name of ['99.0.0', '0.1.0']) {
      const kinds = [...(notesOf(after, name) ?? '').matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
      assert.deepEqual(kinds, [...new Set(kinds)]);
      assert.deepEqual(
        kinds.filter((kind = '') => !['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'].includes(kind)),
        [],
      );
    }
  });
});
