import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recognize } from '../../../src/search/recognized';
import { hostileTexts } from '../../service/hostileTexts';

const id = '1448121617782670208';

/** What is looked up, in short. */
const keys = (typed: string): string[] =>
  recognize(typed).keys.map((key) =>
    key.by === 'id' ? `id ${key.id}` : key.by === 'userId' ? `user ${key.userId}` : `talk ${key.app} ${key.id}`,
  );

describe('What a pasted text is taken for', () => {
  for (const wrapped of [
    `dashly_uid=${id}`,
    `_ga=GA1.2.3; dashly_uid=${id}; session=secret`,
    `Cookie: session=secret; dashly_uid=${id}`,
    `"session=secret; dashly_uid=${id}"`,
    `document.cookie = 'a=b; dashly_uid=${id}'`,
    `dashly_uid=${id}; path=/; expires=Thu, 01 Jan 2027 00:00:00 GMT`,
    `dashly_uid\t${id}\t.example.com\t/\t2027-01-01`,
    `{"dashly_uid": "${id}"}`,
    `curl 'https://shop.example/' -H 'cookie: a=b; dashly_uid=${id}' -H 'x: y'`,
    `dashly_uid%3D${id}`,
    `dashly_uid="%22${id}%22"`,
    `dashly_uid=%2522${id}%2522; session=secret`,
    `{\"cookie\":\"dashly_uid=${id}\"}`,
    `dashly_uid=; dashly_uid=${id}`,
    `shop.example\tFALSE\t/\tTRUE\t0\tdashly_uid\t${id}`,
    `[{"domain": "shop.example", "name": "dashly_uid", "path": "/", "value": "${id}"}, {"name": "a", "value": "b"}]`,
    ` \u200Bdashly_uid = ${id} `,
  ]) {
    it(`the cookie in ${wrapped}`, () => {
      const { text, kind, isText } = recognize(wrapped);
      assert.deepEqual(
        [text, kind, isText, keys(wrapped)],
        [`dashly_uid=${id}`, 'the cookie dashly_uid', false, [`id ${id}`]],
      );
    });
  }

  it('the cookie of the other brand', () => {
    assert.equal(recognize(`a=b; carrotquest_uid=${id}`).kind, 'the cookie carrotquest_uid');
    assert.equal(recognize(`dashly_uid=; carrotquest_uid=${id}`).text, `carrotquest_uid=${id}`);
  });

  it('other cookies, and a token of the API, of which nothing is sent anywhere', () => {
    for (const text of [
      'session=secret; _ga=GA1.2.3',
      'Cookie: session=secret',
      '"a=b; c=d"',
      'a=b==; my_dashly_uid=7',
      "document.cookie = 'session=secret; theme=dark'",
      '{"cookie": "session=secret"}',
      '{\\"Cookie\\":\\"session=secret; a=b\\"}',
      "curl 'https://shop.example/' -H 'accept: */*' -H 'Cookie: session=secret'",
      "curl https://shop.example/ -b 'session=secret'",
      'curl --cookie session=secret https://shop.example/',
      'GET / HTTP/1.1 Host: shop.example Accept: */* Cookie: session=secret',
      'My cookies are session=secret; theme=dark',
      'session%3Dsecret%3B%20theme%3Ddark',
      'session\tsecret\t.shop.example\t/\tSession',
      'PHPSESSID=secret8a7f0c2b1d',
      'session=secret',
      '"session=secret"',
      'session=secret; ',
      '_ga=GA1.2.secret.4;',
      '__Secure-1PSID=g.a000secret==',
      'session%3Dsecret',
      'session=secret&theme=dark',
      'session=secret\ntheme=dark',
      'session=secret theme=dark',
      'session=secret, theme=dark',
      'shop.example\tFALSE\t/\tTRUE\t0\tsession\tsecret',
      '#HttpOnly_.shop.example TRUE / FALSE 1798761600.5 session secret',
      '# Netscape HTTP Cookie File\n.shop.example\tTRUE\t/\tTRUE\t-1\tsession\tsecret',
      '[{"domain":"shop.example","name":"session","value":"secret"}]',
      '{"name": "session", "value": "secret", "domain": "shop.example"}',
      "{'value': 'secret', 'name': 'session'}",
      '"[{\\"name\\":\\"session\\",\\"value\\":\\"secret\\"}]"',
    ]) {
      const { problem = '', ...rest } = recognize(text);
      assert.match(problem, /Neither dashly_uid nor carrotquest_uid is among these cookies/);
      assert.ok(!rest.isText && rest.keys.length === 0 && !JSON.stringify(rest).includes('secret'), text);
    }
    const empty = recognize('dashly_uid=undefined; session=secret');
    assert.match(empty.problem ?? '', /is no visitor’s ID/);
    assert.equal(empty.text, 'dashly_uid=');
    const token = 'app.8123.5f4dcc3b5aa765d61d8327deb882cf99';
    for (const text of [
      ` ${token} `,
      `"${token}"`,
      `Token ${token}.`,
      `Authorization: Token ${token}`,
      'authorization: Bearer 5f4dcc3b5aa765d6',
      `curl -H 'Authorization: Token ${token}' 'https://api.dashly.app/apps/$self_app/users'`,
      `https://api.dashly.app/apps/8123/users?auth_token=${token}&limit=1`,
      encodeURIComponent(`https://api.dashly.app/users/7?auth_token=5f4dcc3b5aa765d6`),
      `{"token": "${token}"}`,
      'carrotquest_auth_token=user.5f4dcc3b5aa765d6',
      ...['user', 'my-app', 'APP', '_app', 'x.app', 'ａｐｐ', 'токен'].map((kind) => token.replace('app', kind)),
      token.toUpperCase(),
      ...[11, 14, 24].flatMap((at) =>
        ['\n', '\r\n  ', ' ', '\u200B'].map((gap) => token.slice(0, at) + gap + token.slice(at)),
      ),
      'Bearer 5f4dcc3b5aa765d61d8327deb882cf99',
      'token 5f4dcc3b5aa765d6',
      '"Token  5f4dcc3b5aa765d61d8327deb882cf99"',
      'BEARER NWY0ZGNj/2I1YWE3+5f4d5Q==',
      'api_key=5f4dcc3b5aa765d6',
      'X-Api-Key: 5f4dcc3b5aa765d6',
      '{"access_token": "5f4dcc3b5aa765d6"}',
      'https://shop.example/?client_secret=5f4dcc3b5aa765d6',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI1ZjRkIn0.5f4dcc3b5aa765d6',
    ]) {
      const { problem = '', ...rest } = recognize(text);
      assert.match(problem, /token/, text);
      assert.ok(!rest.isText && rest.keys.length === 0 && !JSON.stringify(rest).includes('5f4d'), text);
    }
  });

  it('what a person may look for is no cookie and no token', () => {
    for (const text of [
      ...['app.8123.staging-of-the-shop.example', 'shop.2024.autumn-collection-20.example', 'user.name.surname'],
      ...['authorization', 'Anna Cookie', 'Bearer', 'Token Ring Enterprises', 'Token Schwarzenberger-Lindemann'],
      ...['cookie@example.com', 'anna.1985.petrova-ivanova2@example.com', 'anna.1985.petrova-ivanova2+a@example.com'],
      ...['Token petrova-ivanova-1985@example.com', 'bounce+maks=example.com@list.example'],
      ...['Anna = Maria', 'Anna=Maria', 'John; Smith=3', 'A=B Studio', 'Аня=Оля', 'x =', 'YWJjZDEyMw==', 'a1='],
      ...[
        'uid=anna,ou=people,dc=example,dc=com',
        'CN=Anna Smith, OU=people',
        'https://shop.example/?a=b',
        'shop.example/cart?a=b&c=d',
      ],
      ...['TRUE / FALSE', 'cust/77', 'user_12345', '550e8400-e29b-41d4-a716-446655440000', '+7 (916) 123-45-67'],
      ...['mailto:anna@example.com?subject=a', '5f4dcc3b5aa765d61d8327deb882cf99', 'name: Anna', 'id: 12'],
    ]) {
      const { problem, isText } = recognize(text);
      assert.deepEqual([problem, isText], [undefined, true], text);
    }
  });

  it('bare digits: an id first, then a User ID; a phone number where they are enough', () => {
    for (const text of [id, ` ${id}\n`, `"${id}"`, `%22${id}%22`, `'${id}'`]) {
      assert.deepEqual([recognize(text).text, ...keys(text)], [id, `id ${id}`, `user ${id}`]);
    }
    for (const text of ['١٢٣٤٥', '۱۲۳۴۵', '１２３４５'])
      assert.deepEqual([recognize(text).text, ...keys(text)], ['12345', 'id 12345', 'user 12345']);
    assert.equal(recognize('79161234567').kind, 'a lead ID, a User ID or a phone number');
    assert.equal(recognize('7').kind, 'a lead ID or a User ID');
    assert.deepEqual(keys('123456789012345678901'), ['user 123456789012345678901']);
  });

  it('an e-mail address, a phone number, and any other text, which may be a User ID', () => {
    for (const text of [
      'maks@example.com',
      'mailto:maks@example.com?subject=x',
      'Maks <maks@example.com>',
      'maks%40example.com',
    ])
      assert.deepEqual(
        [recognize(text).kind, ...keys(text)],
        ['an e-mail address or a User ID', 'user maks@example.com'],
      );
    for (const text of ['+7 (916) 123-45-67', 'tel:+7-916-123-45-67;ext=5', '[+79161234567]', '+٧٩١٦١٢٣٤٥٦٧'])
      assert.equal(recognize(text).kind, 'a phone number or a User ID', text);
    assert.deepEqual([recognize('Maks M.').kind, ...keys('Maks M.')], [undefined, 'user Maks M.']);
    for (const text of ['', ' ', '.', '..', 'x'.repeat(256)]) assert.deepEqual(keys(text), []);
  });

  it('a link to a conversation', () => {
    const link = 'https://carrotquest.io/panel/8123/conversations/800000000000000100';
    for (const text of [
      link,
      `${link}/`,
      `${link}?channel=7#last`,
      `<${link}>`,
      `"${link}"`,
      link.replace('https://', ''),
      link.replace('conversations/', 'conversations/opened/'),
      encodeURIComponent(link),
    ]) {
      const { text: kept, kind, isText } = recognize(text);
      assert.deepEqual([kept, kind, isText], [link, 'a conversation in the admin panel', false], text);
      assert.deepEqual(keys(text), ['talk 8123 800000000000000100']);
    }
    assert.equal(recognize(link.replace('carrotquest.io', 'dashly.io')).isText, false);
    for (const other of ['carrotquest.io.evil.example', 'evil-dashly.io', 'example.com']) {
      assert.equal(recognize(link.replace('carrotquest.io', other)).isText, true, other);
    }
  });

  it('stays the same when it is recognised again', () => {
    const again = (typed: string): void => {
      const { text, kind } = recognize(typed);
      const second = recognize(text);
      assert.deepEqual([second.text, second.kind], [text, kind]);
    };
    for (const text of [
      `a=b; dashly_uid=${id}`,
      'dashly_uid=x',
      'a=b; c=d',
      'auth_token=5f4d',
      'dashly.io/panel/1/conversations/2',
    ])
      again(text);
    for (const { text } of hostileTexts) again(text);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), again));
  });

  it('reads a long text at once', () => {
    for (const part of [
      'dashly_uid=',
      'a=b;',
      '%22',
      '"',
      'dashly_uid\\',
      'panel/1/conversations/',
      '; = ',
      'cookie:',
      ' cookie: a',
      '-b ',
      'app.1.',
      'eyJ01234567.',
      'app.1.0123456789abcdef0123456789abcdef',
      ...['a.1.0123456789abcdef,', 'a.1.', '1', 'token', 'token ', 'token=0', 'TRUE / ', 'a=b ', 'a=', 'a', ' ', '="'],
      ...['<', '<1', '>', '<1>;', '%25', '@'],
      ...['dashly_uid,', '"name":"value":', 'bearer 0123456789abcdef-'],
    ]) {
      const long = part.repeat(Math.ceil(200_000 / part.length));
      assert.equal(typeof recognize(long).text, 'string');
      assert.equal(typeof recognize(`<${long}`).text, 'string');
    }
  });
});
