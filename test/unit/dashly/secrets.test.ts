import type { AxiosAdapter } from 'axios';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DashlyClient } from '../../../src/dashly/client';
import { errorDetail, errorSentence } from '../../../src/dashly/errors';
import { tokenEraser } from '../../../src/dashly/tokenEraser';
import { failure } from './failure';

const never = new AbortController().signal;
const token = 'app.58236.s3cr3t/+T=ken';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How a service may quote a token. */
const quoted: readonly (readonly [string, string])[] = [
  ['as it is', token],
  ['in upper case', token.toUpperCase()],
  ['percent-encoded', encodeURIComponent(token)],
  ['percent-encoded in lower case', encodeURIComponent(token).toLowerCase()],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(token))],
  ['percent-encoded to the last character', Array.from(token, (one) => `%${one.charCodeAt(0).toString(16)}`).join('')],
  ['as JSON in JSON', token.replaceAll('/', '\\/').replaceAll('+', '\\u002B')],
  ['as HTML', token.replaceAll('/', '&#x2F;').replaceAll('=', '&#61;')],
  ['in hexadecimal', Buffer.from(token).toString('hex')],
  ['in base64', base64(token)],
  ['in base64 for addresses', Buffer.from(token).toString('base64url')],
  ['in base64 with its scheme', base64(`Token ${token}`)],
  ['in base64 with another scheme', base64(`Bearer ${token}`)],
  ['in base64 as a password', base64(`user:${token}`)],
  ['in base64 within more', base64(`Authorization: Token ${token}\r\nAccept: application/json`)],
];

/** A client whose service answers this, and what it logs. */
function answered(body: unknown, status = 400): { readonly client: DashlyClient; readonly lines: string[] } {
  const lines: string[] = [];
  const adapter: AxiosAdapter = (config) =>
    Promise.resolve({ data: JSON.stringify(body), status, statusText: '', headers: {}, config });
  const log = (line: string) => lines.push(line);
  return {
    client: new DashlyClient({ address: 'https://api.example.com', app: '7', token, adapter, log }),
    lines,
  };
}

describe('a token that the service quotes', () => {
  const places: readonly (readonly [string, (text: string) => object])[] = [
    ['its message', (text) => ({ error_message: `Bad token ${text}, try another` })],
    ['a message about a field', (text) => ({ error_fields: { auth_token: ['Bad', `token ${text}!`] } })],
    ['a single message about a field', (text) => ({ error_fields: { auth_token: text } })],
    ['the name of a field', (text) => ({ error_fields: { [text]: ['Unknown'] } })],
    ['the name of the error', (text) => ({ error: text, error_message: 'Bad' })],
  ];
  /** Nothing of it, in whatever form: six characters in a row are not by chance. */
  const shows = (text: string, form: string): boolean => {
    const whole = text.toLowerCase();
    return Array.from({ length: form.length - 7 }, (_, at) => form.slice(at, at + 8).toLowerCase()).some((part) =>
      whole.includes(part),
    );
  };
  for (const [how, form] of quoted) {
    it(`is in no error and no line of the log when it stands there ${how}`, async () => {
      for (const [place, meta] of places) {
        const { client, lines } = answered({ meta: { status: 401, ...meta(form) }, data: {} }, 401);
        const error = await failure(client.countLeads(undefined, never));
        const all = [errorSentence(error), errorDetail(error), JSON.stringify(error), error.stack, ...lines].join('\n');
        // What stands around the token may stay, such as the name of the header in base64.
        const secret =
          how.includes('within') || how.includes('scheme') || how.includes('password')
            ? base64('236.s3cr3t/+T=k')
            : form;
        assert.ok(!shows(all, secret), `${place}: ${all}`);
        assert.ok(!all.includes('s3cr3t'), `${place}: ${all}`);
      }
    });
  }

  it('is taken out of any text, and nothing else is', () => {
    const hostile = fc.string({ minLength: 6, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(hostile, fc.string(), fc.string(), (secret, before, after) => {
        const erase = tokenEraser(secret);
        const text = `${before} ${encodeURIComponent(secret)} ${secret} ${after}`;
        assert.ok(!erase(text).includes(secret) || '(token)'.includes(secret));
        assert.equal(erase('no condition for maks'), 'no condition for maks'.replaceAll(secret, '(token)'));
      }),
    );
  });

  it('takes no longer to find in an answer that is all beginnings of one', () => {
    const erase = tokenEraser(token);
    for (const beginning of ['\\', '%25', '&#0', 'a', 'app.5', base64(token).slice(0, -4)]) {
      const start = performance.now();
      erase(beginning.repeat(2_000_000 / beginning.length));
      assert.ok(performance.now() - start < 5000, beginning);
    }
  });
});

describe('a request that is logged', () => {
  const typed = [
    '79161230099',
    '+79161230099',
    'anna@corp.example',
    '1\nGET /forged: 200',
    token,
    '1448121617782670208',
  ];
  for (const id of typed) {
    it(`does not show what was asked for: ${JSON.stringify(id)}`, async () => {
      const { client, lines } = answered({ meta: { status: 503 }, data: {} }, 400);
      const details: string[] = [];
      for (const ask of [
        () => client.getLead(id, never),
        () => client.getLeadEvents(id, { before: [id], limit: 5 }, never),
        () => client.getLeadConversations(id, { isMobile: false }, never),
        () => client.getConversationParts(id, { before: [id] }, never),
        () => client.getConversationLead(id, never),
        () => client.findByUserId(id, never),
      ]) {
        details.push(errorDetail(await failure(ask())));
      }
      const written = [...lines, ...details].join('\n');
      assert.ok(!written.includes(id) && !written.includes(encodeURIComponent(id)), written);
      assert.match(written, /GET \/users\/\{id\}\/events: 400, /);
    });
  }
});
