import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leadLink, type LinkedApp, readLeadLink } from '../../../src/links/leadLink';

const app = (address: string, id: string): LinkedApp => ({ key: `${address} ${id}`, name: 'Shop', address, app: id });
const shop = app('https://api.dashly.app', '12345');
const own = app('https://api.carrotquest.io', '$self_app');
const proxied = app('https://proxy.example.com/a%20b+c/v2', '$self_app');
const sample = app('sample:', 'sample');
const all = [shop, own, proxied, sample];
const id = '1448130448122475605';

/** A link as VS Code hands it over: parsed, its parts decoded. */
function handed(link: string): { path: string; query: string; fragment: string } {
  const { pathname, search, hash } = new URL(link);
  return { path: pathname, query: decodeURIComponent(search.slice(1)), fragment: hash.slice(1) };
}

function problemOf(path: string, query = 'app=12345', fragment = ''): string {
  const read = readLeadLink({ path, query, fragment }, all);
  assert.ok('problem' in read, `${path}?${query} was read as ${JSON.stringify(read)}`);
  return read.problem;
}

describe('A link to a lead', () => {
  it('is read as it was made, for every connected app', () => {
    for (const one of all) {
      const link = leadLink('vscode', 'publisher.name', one, id);
      assert.ok(link.startsWith(`vscode://publisher.name/lead/${id}?app=`), link);
      assert.deepEqual(readLeadLink(handed(link), all), { app: one, id });
    }
  });

  it('may leave out the address where only one app has the id', () => {
    assert.deepEqual(readLeadLink({ path: '/lead/7', query: 'app=12345' }, all), { app: shop, id: '7' });
    assert.match(problemOf('/lead/7', 'app=$self_app'), /several addresses/);
  });

  it('opens nothing but leads, whose ids are 1 to 20 digits', () => {
    const paths = [
      '',
      '/',
      '/lead',
      '/lead/',
      '/lead/0x1f',
      '/lead/-1',
      '/lead/1.5',
      '/lead/1e5',
      '/lead/７',
      '/lead/١٢',
    ];
    const others = [
      '/lead/1/',
      '/lead/1/2',
      '//lead/1',
      '/lead/../lead/1',
      '/LEAD/1',
      '/lead/1\n',
      '/lead/ 1',
      '/lead/1;2',
    ];
    const words = [
      `/lead/${'1'.repeat(21)}`,
      '/lead/%31',
      '/lead/$(trash)',
      '/lead/[x](command:a)',
      '/command/refresh',
    ];
    for (const path of [...paths, ...others, ...words]) assert.match(problemOf(path), /opens no lead/, path);
  });

  it('takes no other parameters, and none twice', () => {
    const queries = ['app=12345&app=12345', 'app=12345&token=x', '?app=12345'];
    for (const query of [...queries, 'app=12345&windowId=_blank', 'APP=12345', 'filters={}'])
      assert.match(problemOf('/lead/1', query), /opens no lead/, query);
    assert.match(problemOf('/lead/1', 'app=12345', 'fragment'), /opens no lead/);
  });

  it('is of an app that is connected, at the address that it names', () => {
    assert.match(problemOf('/lead/1', ''), /of which app/);
    assert.match(problemOf('/lead/1', 'app='), /of which app/);
    const strangers = ['app=54321', 'app=12345 ', 'app=123', 'app=12345&address=https://evil.example', 'app=__proto__'];
    const wrongAddress = [
      'app=12345&address=https://api.dashly.app.evil.example',
      'app=12345&address=http://api.dashly.app',
      'app=12345&address=https://api.dashly.app&x=',
    ];
    for (const query of [...strangers, ...wrongAddress, 'app=12345&address='])
      assert.match(problemOf('/lead/1', query), /not connected here/, query);
  });

  it('says in one sentence or two why it opens nothing, without a word of its own', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (path, query) => {
        const read = readLeadLink({ path, query }, all);
        if ('problem' in read) assert.match(read.problem, /^(Th(is|e) (link|app) [^<>[\]$]+\.){1}$/);
        else assert.match(read.id, /^[0-9]{1,20}$/);
      }),
    );
  });
});
