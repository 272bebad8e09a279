import assert from 'node:assert/strict';
import {
  type Account,
  accountKey,
  emptyIndex,
  parseIndex,
  sampleAccount,
  withAccount,
  withActive,
  withName,
  withoutAccount,
} from '../../../src/account/account';

const first: Account = { address: 'https://api.dashly.app', app: '$self_app', name: 'Dashly' };
const elsewhere: Account = { ...first, address: 'https://api.carrotquest.io', name: 'Carrot quest' };
const both = withAccount(withAccount(emptyIndex, first), elsewhere);

describe('the list of accounts', () => {
  it('holds the same app at two addresses, the one added last being active', () => {
    assert.deepEqual(both, { accounts: [first, elsewhere], active: accountKey(elsewhere) });
  });

  it('comes back from its JSON as it was', () => {
    const index = withAccount(both, sampleAccount);
    assert.deepEqual(parseIndex(JSON.stringify(index)), index);
  });

  it('replaces an account in its place', () => {
    const named = { ...first, name: 'Shop' };
    assert.deepEqual(withAccount(both, named), { accounts: [named, elsewhere], active: accountKey(first) });
  });

  it('activates only an account that is in it', () => {
    assert.equal(withActive(both, first).active, accountKey(first));
    assert.equal(withActive(both, sampleAccount).active, accountKey(elsewhere));
  });

  it('renames only an account that is in it, and leaves active the one that is', () => {
    const named = { ...first, name: 'Shop' };
    assert.deepEqual(withName(both, first, 'Shop'), { accounts: [named, elsewhere], active: accountKey(elsewhere) });
    const signedOut = withoutAccount(both, first);
    assert.deepEqual(withName(signedOut, first, 'Shop'), signedOut);
  });

  it('has no active account when that one is taken out', () => {
    assert.deepEqual(withoutAccount(both, elsewhere), { accounts: [first], active: undefined });
    assert.deepEqual(withoutAccount(both, first), { accounts: [elsewhere], active: accountKey(elsewhere) });
  });

  for (const stored of [
    undefined,
    '',
    'nonsense',
    '[]',
    'null',
    '{"accounts":5}',
    '{"accounts":[null,1,{"app":"x"}]}',
  ]) {
    it(`is empty when what is stored is ${String(stored)}`, () => {
      assert.deepEqual(parseIndex(stored).accounts, []);
      assert.equal(parseIndex(stored).active, undefined);
    });
  }

  it('leaves out an account whose address no token may be sent to, and everything that is no part of an account', () => {
    const stored = JSON.stringify({
      accounts: [
        { ...first, address: 'http://api.dashly.app' },
        { ...first, token: 'secret' },
      ],
      active: accountKey({ address: 'http://api.dashly.app', app: first.app }),
    });
    assert.deepEqual(parseIndex(stored), { accounts: [first], active: undefined });
  });

  it('has names of one short line in which nothing is hidden, whoever wrote them', () => {
    const named = (name: string): string | undefined =>
      parseIndex(JSON.stringify(withAccount(emptyIndex, { ...first, name }))).accounts[0]?.name;
    assert.equal(named('Shop & Co. 2'), 'Shop & Co. 2');
    assert.equal(named('Shop\u202egpj\n\u2067\u0007'), 'Shop\\u202Egpj \\u2067\\u0007');
    assert.equal(named('x'.repeat(5000))?.length, 60);
  });

  it('has the sample app by its name in the language that is spoken now', () => {
    const stored = JSON.stringify(withAccount(emptyIndex, { ...sampleAccount, name: 'Пример приложения' }));
    assert.deepEqual(parseIndex(stored).accounts, [sampleAccount]);
  });
});
