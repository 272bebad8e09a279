import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownConversationTemplate, panelAddress } from '../../../src/links/panelAddress';

const values = { app: '12345', id: '678' };
const good = 'https://panel.example.com/{app}/leads/{id}';

function opened(template: string, { app, id }: { app?: string; id: string } = values): string {
  const result = panelAddress(template, { app, id });
  assert.ok('address' in result, JSON.stringify(result));
  return result.address;
}

function problemOf(template: string, { app, id }: { app?: string; id: string } = values): string {
  const result = panelAddress(template, { app, id });
  assert.ok('problem' in result, `${template} gave ${JSON.stringify(result)}`);
  return result.problem;
}

describe('An address of the admin panel', () => {
  it('is the template with app and id in it', () => {
    assert.equal(opened(good), 'https://panel.example.com/12345/leads/678');
    assert.equal(opened(`  ${good}  `), 'https://panel.example.com/12345/leads/678');
    assert.equal(opened('https://x.example/{id}?tab={id}#/{app}'), 'https://x.example/678?tab=678#/12345');
    assert.equal(opened('https://x.example/{id}', { id: '1' }), 'https://x.example/1');
  });

  it('is an https address of the template’s own host', () => {
    const schemes = [
      '',
      'x',
      'http://x.example/{id}',
      'javascript:alert({id})',
      'command:x?{id}',
      'file:///{id}',
      'ftp://x/{id}',
    ];
    const hosts = [
      'https:{id}',
      'https://{id}',
      'https://{id}/x',
      'https://{app}.example/{id}',
      'https:///{id}',
      'https://x.example{id}',
    ];
    const users = [
      'https://user@x.example/{id}',
      'https://dashly.io@evil.example/{id}',
      'https://x.example\\@evil.example/{id}',
    ];
    for (const template of [...schemes, ...hosts, ...users]) assert.match(problemOf(template), /https:\/\//, template);
  });

  it('needs the id, and knows no other placeholder', () => {
    assert.match(problemOf('https://x.example/{app}'), /\{id\}/);
    for (const template of [
      'https://x.example/{id}/{token}',
      'https://x.example/{{id}}',
      'https://x.example/{id',
      '{id}',
    ])
      assert.ok(problemOf(template), template);
  });

  it('says when the app’s id is needed and not known', () => {
    assert.match(problemOf(good, { id: '1' }), /The app’s id is not known/);
  });

  it('holds whatever an id is as one encoded part of it', () => {
    assert.equal(
      opened(good, { app: 'a b', id: '1/2?x=1#y&z' }),
      'https://panel.example.com/a%20b/leads/1%2F2%3Fx%3D1%23y%26z',
    );
    assert.equal(opened(good, { app: '{id}', id: '{app}' }), 'https://panel.example.com/%7Bid%7D/leads/%7Bapp%7D');
    for (const id of ['', '.', '..']) assert.match(problemOf(good, { app: '1', id }), /no such page/, id);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (app, id) => {
        const result = panelAddress(good, { app, id: `${id}\ud83d` });
        if (!('address' in result)) return;
        const { origin, pathname, search, hash } = new URL(result.address);
        assert.deepEqual([origin, search, hash], ['https://panel.example.com', '', '']);
        assert.equal(pathname.split('/').length, 4);
      }),
    );
  });

  it('of a conversation is known for Carrot quest alone', () => {
    const known = knownConversationTemplate('https://api.carrotquest.io');
    assert.equal(known && opened(known), 'https://carrotquest.io/panel/12345/conversations/678');
    assert.equal(knownConversationTemplate('https://api.dashly.app'), undefined);
  });
});
