import assert from 'node:assert/strict';
import { ExactNumber, type JsonObject, type JsonValue } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import { hidden } from '../../../src/leads/contactForms';
import { ContactMask } from '../../../src/leads/contactMask';
import { Masking } from '../../../src/leads/masking';
import { leadOf } from './leadsModel';

const mask = new ContactMask('a key');
const maks: Record<string, JsonValue> = {
  $name: 'Maks Petrov',
  $email: 'maks@example.com',
  $phone: '+7 916 123-45-42',
  $user_id: 'u-77041',
};
const about = leadOf('3568', maks);

function maskedProps(props: Record<string, JsonValue>): JsonObject {
  return mask.lead(leadOf('1', props)).props;
}

describe('A member called id, while contacts are masked,', () => {
  it('stays where the service has its own ids', () => {
    const record = {
      id: '3568',
      notes: [{ id: '9', author: { id: 7 } }],
      events: [{ id: new ExactNumber('1448121617782670208'), type: { id: '1448121617782670209', name: 'Order' } }],
    };
    assert.deepEqual(mask.json(about, record), record);
  });

  for (const [what, json] of [
    ['a text', '{"id":"maks@example.com"}'],
    ['a text of another', '{"from":{"id":"anna@corp.example","name":"x"}}'],
    ['an object', '{"author":{"id":{"deep":"maks@example.com","deeper":[{"id":"petrov"}]}}}'],
    ['a list', '{"id":["maks@example.com","u-77041"]}'],
    ['in properties', '{"props":{"customer":{"id":"maks@example.com"}}}'],
    ['of a number in properties', '{"props":{"customer":{"id":79161234542},"list":[{"id":"+79161234542"}]}}'],
    ['in custom properties', '{"props_custom":{"by":{"id":"Maks Petrov"}}}'],
  ] as const) {
    it(`is masked as anything else: ${what}`, () => {
      assert.doesNotMatch(stringifyJson(mask.json(about, parseJson(json))), /maks|petrov|anna|77041|1234542/i);
    });
  }

  it('is masked in what anybody wrote: properties of leads and of events', () => {
    const written = { customer: { id: '79161234542', email: 'x' }, petrov: 1, in: [{ maks_petrov: { petrov: 2 } }] };
    for (const masked of [
      mask.lead(leadOf('1', { ...maks, written })).props,
      mask.propertyValue(about, 'written', written),
      mask.json(about, { props: written }),
      new Masking('key', true).json(about, written),
    ])
      assert.doesNotMatch(stringifyJson(masked), /petrov|maks|1234542/);
  });
});

describe('A number that is a contact is masked', () => {
  const numbers = (digits: string): JsonValue[] =>
    ['', '.0', '.000', 'e0', 'e+00'].flatMap((end) => [
      new ExactNumber(digits + end),
      new ExactNumber(`-${digits}${end}`),
    ]);

  for (const [name, contact, digits] of [
    ['$phone', '79161234567', '79161234567'],
    ['$phone', '9161234567', '9161234567'],
    ['$phone', 9161234567, '79161234567'],
    ['$phone', new ExactNumber('9161234567.0'), '9161234567'],
    ['$phone', '5123456', '3725123456'],
    ['$phone', '+7 916 123-45-67 доб. 12', '9161234567'],
    ['$phone', '9161234567 ext. 345', '9161234567'],
    ['$phone', '+7 916 123-45-67, +7 903 765-43-21', '9161234567'],
    ['$phone', '8 916 123-45-67, 8 903 765-43-21', '9037654321'],
    ['$phone', '۹۱۶۱۲۳۴۵۶۷', '9161234567'],
    ['$phone', '916*123*45*67', '9161234567'],
    ['$phone', ['+7 903 765-43-21', '9161234567'], '9161234567'],
    ['$phone', [[9161234567]], '9161234567'],
    ['$user_id', 42424, '42424'],
    ['$user_id', '42424', '42424'],
    ['$user_id', new ExactNumber('42424.0'), '42424'],
    ['$user_id', ['a', 42424], '42424'],
  ] as const) {
    it(`whatever it is written in: ${digits}, ${name} being ${JSON.stringify(contact)}`, () => {
      const props = maskedProps({ [name]: contact as JsonValue, list: numbers(digits), text: `call ${digits}!` });
      assert.deepEqual(new Set((props.list as JsonValue[]).map((item) => typeof item)), new Set(['string']));
      assert.doesNotMatch(stringifyJson(props), new RegExp(digits));
    });
  }

  it('and the others are not', () => {
    const others = {
      sessions: 12,
      revenue: 12345.67,
      seconds: 1402995363,
      share: new ExactNumber('916123.5'),
      exact: new ExactNumber('1448121617782670208'),
      many: new ExactNumber('1e300'),
    };
    assert.deepEqual(maskedProps({ $phone: '+7 916 123-45-67', $user_id: 12, ...others }), {
      $phone: '+7 ••• ••67',
      $user_id: maskedProps({ $user_id: '12' }).$user_id,
      ...others,
    });
  });

  it("but not where it is the lead's id", () => {
    const id = new ExactNumber('1448121617782');
    assert.deepEqual(mask.json(leadOf('1448121617782'), { user: id, by: [id] }), { user: id, by: [id] });
  });
});

describe('Contacts in lists and objects', () => {
  for (const [contacts, text] of [
    [{ $name: ['Maks Petrov', 'Makar Petrenko'] }, 'Maks Petrov or Petrenko, and petrov'],
    [{ $name: { first: 'Maks', last: 'Petrov' } }, 'MAKS said: petrov'],
    [{ $email: ['x', 'maks.petrov'] }, 'to maks.petrov'],
    [{ $user_id: [['maks-1']], $name: 'Petrov' }, 'petrov is maks-1'],
  ] as [Record<string, JsonValue>, string][]) {
    it(`are masked elsewhere: ${JSON.stringify(contacts)}`, () => {
      assert.doesNotMatch(stringifyJson(maskedProps({ ...contacts, text })), /maks|petr/i);
    });
  }
});

describe('A name is masked in another spelling of its letters:', () => {
  for (const [name, ...others] of [
    ['İbrahim', 'ibrahim', 'İBRAHİM', 'IBRAHIM', 'i\u0307brahim'],
    ['ibrahim', 'İbrahim', 'İBRAHİM'],
    ['Deniz', 'DENİZ', 'denız'],
    ['DENİZ', 'Deniz', 'deniz', 'DENIZ'],
    ['Irmak', 'ırmak', 'IRMAK', 'irmak'],
    ['Straße', 'STRASSE', 'strasse', 'STRAẞE'],
    ['Strasse', 'Straße'],
    ['José', 'Jose', 'JOSE', 'Jose\u0301', 'Josè'],
    ['Jose', 'José', 'Jo\u0332se'],
    ['Núñez', 'Nunez'],
    ['Nguyễn', 'Nguyen'],
    ['Алёна', 'Алена', 'АЛЁНА', 'алена'],
    ['Алена', 'Алёна'],
    ['Андрей', 'АНДРЕИ'],
    ['Νίκος', 'ΝΙΚΟΣ', 'νικοσ'],
    ['محمد', 'مُحَمَّد'],
    ['مُحَمَّد', 'محمد'],
    ['שלום', 'שָׁלוֹם'],
  ] as const) {
    it(`${name} as ${others.join(', ')}`, () => {
      for (const other of [name, ...others]) {
        const { text, id } = maskedProps({
          $name: name,
          $user_id: `${name}-7`,
          text: `a ${other}, b`,
          id: `${other}-7`,
        });
        assert.equal(text, `a ${mask.pseudonym('1')}, b`);
        assert.match(id as string, /^User [0-9A-F]{4}$/);
      }
    });
  }

  it('and what is no letter of it stays', () => {
    for (const [name, text] of [
      ['राम', 'रम'],
      ['かな', 'がな'],
      ['Jose', 'Jo se'],
    ] as const)
      assert.equal(maskedProps({ $name: name, text }).text, text);
  });

  it('a name of nothing that is seen is looked for nowhere', () => {
    assert.equal(maskedProps({ $name: '%C2%AD%C2%AD', text: 'a text' }).text, 'a text');
  });
});

describe('A value that is nested deep', () => {
  for (const levels of [100, 3_000, 50_000])
    for (const [begin, end] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const)
      it(`is hidden below where anybody looks: ${levels} times ${begin}`, () => {
        const value = parseJson(`${begin.repeat(levels)}"maks@example.com"${end.repeat(levels)}`);
        const lead = leadOf('1', { ...maks, value, $avatar: value, $email: value, $user_id: value });
        for (const masked of [
          mask.lead(lead).props as JsonObject,
          mask.record(lead.record),
          mask.json(lead, value),
          mask.propertyValue(lead, '$phone', value),
        ]) {
          const text = stringifyJson(masked);
          assert.ok(text.includes(hidden) && !text.includes('maks@'), text.slice(0, 100));
        }
      });

  it('is masked as far as it is shown', () => {
    let value: JsonValue = 'maks@example.com';
    for (let level = 0; level < 60; level++) value = level % 2 === 0 ? [value] : { value };
    assert.match(stringifyJson(mask.json(about, value)), /"m•••@e•••\.com"/);
  });
});

describe('Masking a value of 100,000 characters', () => {
  for (const unit of ['٠', 'İ', 'ß', 'a\u0301\u0332', '8 916 123-45-67 ', '12.05.2024 ', '8-', 'a@b.'])
    it(`takes no longer where all contacts are made of it: ${unit}`, () => {
      const text = unit.repeat(1e5 / unit.length);
      const start = performance.now();
      maskedProps({ $name: text, $email: text, $phone: text, $user_id: text, text });
      assert.ok(performance.now() - start < 5_000);
    });
});
