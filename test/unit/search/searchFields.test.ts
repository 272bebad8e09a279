import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, type JsonValue } from '../../../src/dashly/json';
import { cleanSearch, phoneDigits, searchedText, searchFilters } from '../../../src/leads/searchFilters';
import { containsText, fieldMatch, searchNeedle } from '../../../src/search/searchFields';
import { lead, Service } from './searchWorld';

/** What stands in a lead, and what a person has at hand of it. */
const pasted: readonly (readonly [where: string, stored: JsonValue, pasted: string])[] = [
  ['a composed name, decomposed', 'Zoë Lefèvre', 'Zoë Lefèvre'.normalize('NFD')],
  ['a decomposed name, composed', 'Алексей Йотов'.normalize('NFD'), 'алексей йотов'],
  ['a wide text, as it is typed', 'ＡＢＣ株式会社', 'abc株式'],
  ['a phone number with blanks and brackets', '+79161234567', '+7 (916) 123-45-67'],
  ['a phone number by the number for calls within the country', '+79161234567', '8 916 123 45 67'],
  ['a phone number that was sent as a number', new ExactNumber('79161234567'), '+7 916 123-45-67'],
  ['a phone number by its digits', '+7 (916) 123-45-67', '79161234567'],
  ['a part of a phone number', '+79161234567', '123-45-67'],
  ['a phone number with 00', '+493012345678', '0049 30 12345678'],
  ['a phone number of North America', '(415) 555-2671', '+1 415 555 2671'.replace('+1 ', '')],
  ['a phone number with thin blanks and dashes', '+79161234567', '+7\u2009916\u2009123\u201345\u201367'],
  ['the link of a phone number', '+79161234567', 'tel:+7-916-123-45-67'],
  ['a phone number with minus signs', '+79161234567', '+7\u2212916\u2212123\u221245\u221267'],
  ['a phone number with the 0 of its country behind the code', '+442079460958', '+44 (0)20 7946 0958'],
  ['a phone number with 00 and that 0', '+493012345678', '0049 (0)30 / 12345678'],
  ['a phone number as it is dialled within its country', '+442079460958', '020 7946 0958'],
  ['a phone number that is stored as it is dialled within its country', '020 7946 0958', '(020) 79460958'],
  ['the link of a phone number with an extension', '+79161234567', 'tel:+7-916-123-45-67;ext=5'],
  ['a phone number with an extension', '+79161234567', '916 123 45 67 доб. 5'],
  ['a phone number with an extension in English', '+79161234567', '+7 916 123-45-67, ext. 12'],
  ['a phone number with a short extension', '+79161234567', '916 123 45 67x5'],
  ['a phone number that is stored with an extension', '+7 916 123 45 67 доб. 5', '89161234567'],
  ['a phone number as it is dialled from Russia', '+79161234567', '810 7 916 1234567'],
  ['a phone number abroad as it is dialled from Russia', '+442079460958', '8-10-44-20-7946-0958'],
  ['a phone number in brackets', '+79161234567', '[+79161234567]'],
  ['a phone number in round brackets', '+79161234567', '(+7 916 123-45-67)'],
  ['a phone number in Arabic digits', '+79161234567', '+٧٩١٦١٢٣٤٥٦٧'],
  ['a phone number in Persian digits', '+989121234567', '+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷'],
  ['a phone number in wide digits', '+79161234567', '＋７（９１６）１２３－４５－６７'],
  ['a phone number that is stored in Arabic digits', '٠٩١٦١٢٣٤٥٦٧', '0916 123 4567'],
  ['the link of an address', 'anna@example.com', 'mailto:Anna@example.com?subject=Hi%20there'],
  ['an encoded link of an address', 'anna+a@example.com', 'mailto:anna%2Ba@example.com'],
  ['an address in brackets', 'anna@example.com', '<anna@example.com>'],
  ['an address with its name', 'anna@example.com', '"Anna, A." <anna@example.com>;'],
  ['direction marks around', 'anna@example.com', '\u202Aanna@example.com\u202C\u200E'],
  ['blanks of no width within', 'anna@example.com', 'anna\u200B@example\u2060.com\uFEFF'],
  ['blanks of no width in what is stored', 'an\u200Bna@example.com', 'anna@example.com'],
];

describe('What a person pastes into the search', () => {
  it('matches nobody when it cannot be seen', () => {
    const one = lead('1', { $name: 'Anna' });
    for (const text of ['\u200D', '\u200C', '\uFE0F', '\u3164', '\u034F', '\u200B'])
      assert.equal(containsText(one, searchNeedle(text)), false, text.codePointAt(0)?.toString(16));
  });

  it('is compared with filters at once, however long they are', () => {
    for (const long of ['<'.repeat(300_000), `<${'1'.repeat(300_000)}`, 'a@'.repeat(300_000)]) {
      const filters = searchFilters(long);
      assert.equal(searchedText({ ...filters, type: 'and' }), undefined);
      assert.equal(searchedText(filters), cleanSearch(long));
    }
  });

  for (const [what, stored, text] of pasted) {
    it(`finds a loaded lead: ${what}`, () => {
      for (const name of ['$phone', '$name', '$email', '$user_id']) {
        const one = lead('1', { [name]: stored });
        assert.ok(containsText(one, searchNeedle(text)));
        assert.equal(fieldMatch(one, searchNeedle(text))?.property, name);
      }
      assert.ok(!containsText(lead('2', { $name: 'Somebody', $phone: '+49151000111' }), searchNeedle(text)));
    });
  }

  it('is asked of the service in the forms in which it may be stored', async () => {
    const stored = [
      ['$phone', '+79161234567'],
      ['$phone', '89161234567'],
      ['$phone', '+7 (916) 123-45-67'],
      ['$phone', '8 916 123-45-67'],
      ['$phone', '8-916-123-45-67'],
      ['$name', 'Йотов'.normalize('NFD')],
      ['$name', 'Йотов'.normalize('NFC')],
    ].map(([name = '', value = ''], index) => lead(String(index), { [name]: value }));
    const service = new Service(stored);
    service.delay = () => 0;
    const found = async (text: string): Promise<string[]> => {
      const page = await service.listLeads(
        { filters: searchFilters(text), offset: 0, limit: 50 },
        new AbortController().signal,
      );
      return page.leads.map(({ id }) => id);
    };
    for (const text of [
      ...['+7 (916) 123-45-67', '79161234567', '8 916 123 45 67', 'tel:+79161234567', 'tel:+7-916-123-45-67;ext=5'],
      ...['+7\u2212916\u2212123\u221245\u221267', '810 7 916 1234567', '916 123 45 67 доб. 5', '[+79161234567]'],
      ...['٩١٦١٢٣٤٥٦٧', '+۷۹۱۶۱۲۳۴۵۶۷', '＋７９１６１２３４５６７', '916 123 45 67 ext. 5', '916 123 45 67 x5'],
    ]) {
      assert.deepEqual(await found(text), ['0', '1', '2', '3', '4'], text);
    }
    assert.deepEqual(await found('йотов'.normalize('NFD')), ['5', '6']);
    assert.deepEqual(await found('Йотов'), ['5', '6']);
  });

  it('keeps what belongs to the writing for the service, and disregards it among the loaded leads', () => {
    for (const name of ['می\u200Cخواهم', '👩\u200D💻', '葛\u{E0100}城']) {
      assert.equal(cleanSearch(`\u200E${name}\u200B`), name);
      const bare = name.replace(/[\u200C\u200D\u{E0100}]/gu, '');
      assert.ok(containsText(lead('1', { $name: name }), searchNeedle(bare)));
      assert.ok(containsText(lead('1', { $name: bare }), searchNeedle(name)));
    }
  });

  it('stays the same when it is cleaned again, and its filter is known again as a search', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...pasted.map(([, , text]) => text))),
        (text) => {
          const cleaned = cleanSearch(text);
          assert.equal(cleanSearch(cleaned), cleaned);
          assert.equal(searchedText(searchFilters(text)), cleaned);
        },
      ),
    );
  });

  it('names no country that a phone number does not name, nor takes one from it that is a part of the number', () => {
    const asked = (text: string): unknown[] =>
      searchFilters(text).filters.flatMap(({ property_name, value }) =>
        property_name === '$phone' ? [value.value] : [],
      );
    assert.deepEqual(asked('020 7946 0958'), ['020 7946 0958', '02079460958']);
    assert.deepEqual(asked('+44 (0)20 7946 0958'), ['+44 (0)20 7946 0958', '442079460958']);
    assert.deepEqual(['(810) 555-0123', '8 101 234-56-78', '+1 (0)', '916 (0) 12'].map(phoneDigits), [
      '8105550123',
      '1012345678',
      undefined,
      '916012',
    ]);
  });

  it('is a phone number only when it is nothing else', () => {
    assert.equal(phoneDigits('2024-05-01'), '20240501');
    for (const text of [
      ...['1.5', '12-34', 'a 12345', '12345@x', '', '+', '10.0.0.1:8080', '#12345', 'ext. 12345', 'x5', 'Anna x5'],
      ...['12345 ext', '①②', 'Ⅻ 12345', `${' '.repeat(100)}12345`, '٠٩١', '[]', '()', '12345 доб. петров'],
    ])
      assert.equal(phoneDigits(text), undefined, text);
  });
});
