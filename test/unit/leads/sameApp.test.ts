import assert from 'node:assert/strict';
import { DashlyClient } from '../../../src/dashly/client';
import type { Connection } from '../../../src/leads/currentLeads';
import { isSameApp } from '../../../src/leads/sameApp';

function connection(app: string, token: string, address = 'https://api.dashly.app'): Connection {
  const client = new DashlyClient({ address, app, token });
  return { key: `${address} ${app}`, name: 'App', client, isSample: false, fingerprint: () => Promise.resolve('') };
}

describe('Two connections are of the same app', () => {
  const own = connection('$self_app', 'app.7.first');

  for (const [what, one, other] of [
    ['under another name', own, { ...own, name: 'Renamed' }],
    ['whose token says no app, under another name', connection('$self_app', 'x'), undefined],
    ['by its id, with another token', connection('7', 'first'), connection('7', 'second')],
    ['by what both tokens say', own, connection('$self_app', 'app.7.second')],
  ] as const)
    it(what, () => assert.ok(isSameApp(one, other ?? { ...one, name: 'Renamed' })));

  for (const [what, one, other] of [
    ['with a token of another app', own, connection('$self_app', 'app.8.second')],
    ['with another token that does not say of which app', own, connection('$self_app', 'second')],
    ['with two tokens that do not say of which app', connection('$self_app', 'x'), connection('$self_app', 'y')],
    ['by another id', connection('7', 'first'), connection('8', 'first')],
    ['at another address', connection('7', 'first'), connection('7', 'first', 'https://api.carrotquest.io')],
    ['where one is none', own, undefined],
    ['where both are none', undefined, undefined],
  ] as const)
    it(`never ${what}`, () => assert.ok(!isSameApp(one, other)));
});
