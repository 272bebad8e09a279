import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readReference, referenceUri, safeFileName } from '../../../src/documents/leadReference';

describe('leadReference', () => {
  it('survives the way through a URI', () => {
    const reference = { account: 'https://api.dashly.app $self_app', id: '1448121617782670208' };
    for (const one of [reference, { ...reference, sorted: true }, { ...reference, sorted: true, state: 3 }]) {
      assert.deepEqual(readReference(referenceUri(one, 'Maks').query), one);
    }
  });

  it('reads no reference out of what others wrote', () => {
    for (const query of [
      '',
      'x',
      'null',
      '[]',
      '{"id":"1"}',
      '{"account":"a","id":1}',
      '{"account":"a","id":"../1"}',
    ]) {
      assert.equal(readReference(query), undefined, query);
    }
  });

  it('makes one safe file name of any title', () => {
    assert.equal(safeFileName('Maks Petrov'), 'Maks Petrov');
    assert.equal(safeFileName('../../etc/passwd'), '-..-etc-passwd');
    assert.equal(safeFileName('...'), 'Lead');
    for (const device of ['CON', 'aux', 'Nul.a', 'com¹', 'LPT9 .x', 'CONOUT$']) {
      assert.equal(safeFileName(device), `Lead ${device}`);
    }
    assert.equal(safeFileName('Conrad'), 'Conrad');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
        const name = safeFileName(title);
        assert.doesNotMatch(name, /[\\/:*?"<>|\u0000-\u001f\u202a-\u202e]/);
        assert.doesNotMatch(name, /^[.\s]|[.\s]$/);
        assert.ok(name.length > 0 && name.length <= 60);
      }),
    );
  });
});
