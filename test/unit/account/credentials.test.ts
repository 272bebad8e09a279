import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appIdProblem, tokenProblem } from '../../../src/account/account';

describe('the app id', () => {
  for (const app of ['$self_app', '12345', ' 12345 ', 'app-1.2_x']) {
    it(`takes "${app}"`, () => assert.equal(appIdProblem(app), undefined));
  }
  it('wants one', () => assert.match(appIdProblem(' ') ?? '', /\$self_app/));
  it('hints at quotes left over from a shell', () => assert.match(appIdProblem("'$self_app'") ?? '', /quotes/));
  for (const app of ['a/b', 'a b', '../x', 'a?b']) {
    it(`refuses "${app}"`, () => assert.match(appIdProblem(app) ?? '', /letters, digits/));
  }
});

describe('the token', () => {
  for (const token of ['app.5.abcDEF_-=/+', ' app.5.abc\n', 'x']) {
    it(`takes ${JSON.stringify(token)}`, () => assert.equal(tokenProblem(token), undefined));
  }
  const refused: [typed: string, because: RegExp][] = [
    ['', /Paste/],
    [' \n', /Paste/],
    ['Token app.5.abc', /only the token itself/],
    ['bearer app.5.abc', /only the token itself/],
    ['Authorization: Token app.5.abc', /only the token itself/],
    ['"app.5.abc"', /quotes/],
    ["'app.5.abc", /quotes/],
    ['app.5 abc', /blanks/],
    ['app.5\nabc', /blanks/],
    ['app.5…abc', /character/],
    ['app.5\u0000abc', /character/],
  ];
  for (const [typed, because] of refused) {
    it(`refuses ${JSON.stringify(typed)} and says why`, () => assert.match(tokenProblem(typed) ?? '', because));
  }

  it('takes nothing that cannot stand in a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        if (tokenProblem(typed) === undefined) new Headers({ Authorization: `Token ${typed.trim()}` });
      }),
    );
  });
});
