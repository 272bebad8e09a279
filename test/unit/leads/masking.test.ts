import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, type JsonObject, type JsonValue } from '../../../src/dashly/json';
import { DashlyError } from '../../../src/dashly/errors';
import { ContactMask } from '../../../src/leads/contactMask';
import { Masking } from '../../../src/leads/masking';
import { leadOf } from './leadsModel';

const mask = new ContactMask('a key');
const maks = leadOf('3568', {
  $name: 'Maks Petrov',
  $email: 'maks@example.com',
  $phone: '+7 916 123-45-42',
  $user_id: 'u-77041',
});

function textOf(text: string): string {
  return mask.text(text, maks);
}

/** A value that must be a text by now. */
function shownText(value: JsonValue | undefined): string {
  assert.ok(typeof value === 'string');
  return value;
}

describe('masking', () => {
  describe('pseudonyms', () => {
    it('are the same for the same lead and key, in every session', () => {
      assert.match(mask.pseudonym('3568'), /^Lead [0-9A-F]{4}$/);
      assert.equal(mask.pseudonym('3568'), new ContactMask('a key').pseudonym('3568'));
      assert.notEqual(mask.pseudonym('3568'), new ContactMask('another key').pseudonym('3568'));
    });

    it('tell the leads of a page apart, also with ids that follow each other', () => {
      const pseudonyms = new Set(
        Array.from({ length: 1000 }, (_, index) => mask.pseudonym(String(1448121617782670208n + BigInt(index)))),
      );
      // 1,000 out of 65,536: some 8 pairs share one by chance.
      assert.ok(pseudonyms.size > 975, `${pseudonyms.size} of 1000`);
    });
  });

  it("puts the documented forms in the place of a lead's contacts", () => {
    assert.deepEqual(
      { ...mask.lead(maks).props, $user_id: undefined },
      {
        $name: mask.pseudonym('3568'),
        $email: 'm•••@e•••.com',
        $phone: '+7 ••• ••42',
        $user_id: undefined,
      },
    );
    assert.match(shownText(mask.lead(maks).props.$user_id), /^User [0-9A-F]{4}$/);
    assert.equal(mask.lead(maks).id, '3568');
  });

  it('does not invent contacts a lead has not got', () => {
    const { props } = mask.lead(leadOf('1', { $email: null, $name: '', orders: 3 }));
    assert.deepEqual(props, { $email: null, $name: '', orders: 3 });
  });

  describe('in free text', () => {
    const cases: [string, string][] = [
      ['called MAKS PETROV twice', `called ${mask.pseudonym('3568')} twice`],
      ['petrov said', '••• said'],
      ['write to Maks@Example.com.', 'write to M•••@E•••.com.'],
      ['https://example.org/?e=maks%40example.com&x=1', 'https://example.org/?e=m•••@e•••.com&x=1'],
      ['phone 8 (916) 123 45 42', 'phone ••• ••42'],
      ['id u-77041!', `id ${shownText(mask.lead(maks).props.$user_id)}!`],
      ['from anna.o@mail.co.uk', 'from a•••@m•••.uk'],
      ['call +49 30 901820', 'call +4 ••• ••20'],
      ['or 030/90-18-20', 'or 030/90-18-20'],
      ['tel 89161234500', 'tel ••• ••00'],
    ];
    for (const [text, masked] of cases) {
      it(`masks "${text}"`, () => assert.equal(textOf(text), masked));
    }

    for (const text of [
      '2014-06-17T08:56:03',
      '2014-06-17',
      '17.06.2014 08',
      '192.168.100.100',
      '1402995363',
      '3.141592653589',
      '1448121617782670208',
      'Berlin',
      '3568',
      'https://example.com/a?b=c',
      'v1.2.3',
      '100 000',
    ]) {
      it(`leaves "${text}"`, () => assert.equal(textOf(text), text));
    }
  });

  describe('in another form', () => {
    const zoe = leadOf('1', {
      $name: 'Zoé O’Brien',
      $email: 'zoé@example.com',
      $phone: '+79161112233',
      $user_id: 'u-77041',
    });
    const masked = (text: string): string => mask.text(text, zoe);
    const cases: [string, string][] = [
      ['https://x.org/?p=%2B79161112233', 'https://x.org/?p=+7 ••• ••33'],
      ['https://x.org/?p=%252B7%2520916%2520111%252022%252033&a=%20b', 'https://x.org/?p=+7 ••• ••33&a=%20b'],
      ['?other=%2B4930901820', '?other=+4 ••• ••20'],
      ['?e=anna%2540corp.example', '?e=a•••@c•••.example'],
      ['ｔｅｌ ＋７９１６１１１２２３３!', 'ｔｅｌ +7 ••• ••33!'],
      ['ａｎｎａ＠corp.example', 'a•••@c•••.example'],
      ['Zoe\u0301 O\u2019Brien', mask.pseudonym('1')],
      ["ZOÉ O'BRIEN called", `${mask.pseudonym('1')} called`],
      ['Zo%C3%A9%20O%27Brien', mask.pseudonym('1')],
      ['zoe\u0301@example.com', 'z•••@e•••.com'],
      ['zo\u200bé@exam\u00adple.com', 'z•••@e•••.com'],
      ['zoé@example\u3002com', 'z•••@e•••.com'],
      ['Zo\u2060é O’Bri\ufeffen', mask.pseudonym('1')],
      ['+7\u200b916\u2060111\u00ad22\u200c33', '+7 ••• ••33'],
      ['+7_916_111_22_33, 916/111/22/33!', '+7 ••• ••33, ••• ••33!'],
      ['2026-01-31, 17:05; 1, 2, 3, 4; 8 916:111:22:33', '2026-01-31, 17:05; 1, 2, 3, 4; 8 ••• ••33'],
      ['other\u200b@corp\uff61example', 'o•••@c•••.example'],
      ['👩\u200d💻 a\u200bb', '👩\u200d💻 a\u200bb'],
      ['100 % of %zz and ½ “quoted”', '100 % of %zz and ½ “quoted”'],
    ];
    for (const [text, shown] of cases) it(`masks "${text}"`, () => assert.equal(masked(text), shown));
  });

  it('masks names of properties, and loses no value whose name becomes the same', () => {
    const lead = leadOf('1', {
      $name: 'Olga',
      $last_seen: '2014-06-17',
      'note about anna@corp.example': 1,
      'note about alla@city.example': 2,
      'call +7 916 111-22-33': 3,
      "olga's plan": 4,
      plan: 5,
    });
    const { props } = mask.lead(lead);
    assert.deepEqual(Object.entries(props).slice(1), [
      ['$last_seen', '2014-06-17'],
      ['note about a•••@c•••.example', 1],
      ['note about a•••@c•••.example (2)', 2],
      ['call +7 ••• ••33', 3],
      [`${mask.pseudonym('1')}'s plan`, 4],
      ['plan', 5],
    ]);
    assert.equal(mask.name(lead, 'mail anna@corp.example'), 'mail a•••@c•••.example');
    // The service's own names say nothing of anybody, whatever the lead is called.
    const odd = leadOf('2', { $name: 'Body', presence: 'x' });
    assert.deepEqual(mask.json(odd, { body: 'b', created: 1 }), { body: 'b', created: 1 });
  });

  it('masks a phone number that is sent as a number by the rule for texts', () => {
    const { props } = mask.lead(
      leadOf('1', {
        whatsapp: 79161230099,
        exact: new ExactNumber('79161230099'),
        list: [79161230099],
        seconds: 1402995363,
        revenue: 12345.67,
        long: new ExactNumber('1448121617782670208'),
      }),
    );
    assert.deepEqual(props, {
      whatsapp: '••• ••99',
      exact: '••• ••99',
      list: ['••• ••99'],
      seconds: 1402995363,
      revenue: 12345.67,
      long: new ExactNumber('1448121617782670208'),
    });
  });

  it("leaves the service's words out of errors while on", () => {
    const masking = new Masking('key', true);
    const error = new DashlyError('validation', { serviceMessage: 'Unknown e-mail person7@example.com' });
    assert.doesNotMatch(masking.errorSentence(error), /person7|says/);
    assert.match(masking.errorSentence(error), /refused the request/);
    assert.doesNotMatch(masking.errorSentence(new Error('no anna@corp.example')), /anna/);
    masking.set(false);
    assert.match(masking.errorSentence(error), /person7/);
  });

  it('masks records to the bottom, lists and unknown fields included, and nothing else', () => {
    const details: JsonObject = {
      id: '3568',
      user_id: 'u-77041',
      props: {
        ...maks.props,
        $avatar: 'https://a.example/maks.png',
        note: 'Maks is nice',
        orders: 5,
        tags: ['petrov', 'x'],
      },
      notes: [{ id: '79161234542', body: 'ring maks@example.com', author: { name: 'Olga', avatar: null } }],
      deep: {
        phone: 79161234542,
        count: new ExactNumber('79161234542'),
        other: new ExactNumber('1448121617782670208'),
      },
      removed: null,
    };
    const masked = mask.record(details);
    const text = JSON.stringify(masked);
    assert.doesNotMatch(text, /maks|petrov|123-45|u-77041/i);
    assert.deepEqual(masked.deep, { phone: '••• ••42', count: '•••', other: new ExactNumber('1448121617782670208') });
    assert.equal((masked.props as JsonObject).orders, 5);
    assert.equal((masked.notes as JsonObject[])[0]?.id, '79161234542');
    assert.deepEqual(mask.json(maks, details), masked);
  });

  it('lets no known contact through, whatever it is made of and wherever it stands', () => {
    const contact = fc
      .string({ unit: 'binary', minLength: 3, maxLength: 30 })
      .map((text) => text.trim())
      .filter((text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 3);
    fc.assert(
      fc.property(contact, contact, contact, fc.string(), fc.string(), (name, email, userId, before, after) => {
        const lead = leadOf('1', {
          $name: name,
          $email: email,
          $user_id: userId,
          text: `${before} ${name} ${after} ${email} ${userId} ${before}`,
        });
        const text = shownText(mask.lead(lead).props.text);
        for (const secret of [name, email]) {
          // A contact made of what masks are made of cannot be told from a mask.
          if (
            !/^[•\s]*$|lead|user/i.test(secret) &&
            !mask.pseudonym('1').includes(secret) &&
            !before.includes(secret) &&
            !after.includes(secret)
          ) {
            assert.ok(!text.includes(secret), `${JSON.stringify(secret)} in ${JSON.stringify(text)}`);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('masked once more is the same', () => {
    const once = mask.lead(maks);
    assert.equal(mask.lead(once).props.$email, once.props.$email);
    assert.equal(mask.lead(once).props.$phone, once.props.$phone);
    assert.equal(mask.text(shownText(once.props.$email)), once.props.$email);
  });

  it('takes any JSON of strangers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (name, phone, other) => {
        const props = {
          $name: name as JsonValue,
          $phone: phone as JsonValue,
          $user_id: name as JsonValue,
          other: other as JsonValue,
        };
        assert.doesNotThrow(() => mask.record({ id: '1', user_id: phone as JsonValue, props }));
      }),
    );
    const hostile: JsonValue = JSON.parse(
      '{"__proto__": {"a": "maks@example.com"}, "constructor": "Maks"}',
    ) as JsonObject;
    assert.equal(JSON.stringify(mask.json(maks, hostile)), '{"__proto__":{"a":"m•••@e•••.com"},"constructor":"•••"}');
  });

  it('is quick with values of 100,000 characters', () => {
    for (const text of [
      'a'.repeat(1e5),
      '1 '.repeat(5e4),
      '@'.repeat(1e5),
      '+'.repeat(1e5),
      'a@'.repeat(5e4),
      '(1'.repeat(5e4),
      '.'.repeat(1e5),
    ]) {
      const lead = leadOf('1', { $name: text, $email: text, $phone: text, $user_id: text, other: text });
      assert.ok(mask.lead(lead).props.other !== undefined);
    }
  });

  it('switched on and off tells so once, and shows leads as they are while off', () => {
    const masking = new Masking('key');
    const told: boolean[] = [];
    masking.onDidChange((on) => told.push(on));
    assert.equal(masking.lead(maks), maks);
    assert.equal(masking.text('maks@example.com', maks), 'maks@example.com');
    masking.set(true);
    masking.set(true);
    assert.equal(masking.lead(maks).props.$email, 'm•••@e•••.com');
    assert.equal(masking.json(maks, 'Maks'), '•••');
    masking.set(false);
    assert.deepEqual(told, [true, false]);
  });
});
