import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber } from '../../../src/dashly/json';
import { hidden, maskContactForms, maskedEmail, maskedPhone, maskNumberForm } from '../../../src/leads/contactForms';

describe('The mask of an e-mail address', () => {
  for (const [email, masked] of [
    ['maks@example.com', 'm•••@e•••.com'],
    [' ANNA@CORP.RU ', 'A•••@C•••.RU'],
    ['anna@corp', 'a•••@c•••'],
    ['иван@почта.рф', 'и•••@п•••.рф'],
    ["o'brien@mail.example.co.uk", 'o•••@m•••.uk'],
    ['maks@my_host.com', 'm•••@m•••.com'],
    ['mailto:anna@corp.ru', 'm•••@c•••.ru'],
    ['anna@почта.xn--p1ai', 'a•••@п•••.xn--p1ai'],
    ['anna@corp.79161234567', 'a•••@c•••'],
    ['anna@127.0.0.1', 'a•••@1•••'],
    ['m•••@e•••.com', 'm•••@e•••.com'],
    ['m•••@e•••', 'm•••@e•••'],
  ] as const) {
    it(`of “${email}” keeps its first letters and the last part of its domain`, () => {
      assert.equal(maskedEmail(email), masked);
    });
  }

  for (const email of [
    'maks@example.com (Иван Петров, +7 916 123-45-67)',
    'maks@example.com, anna.petrova@corp.ru',
    'anna@corp.ru; petrov@x.com',
    'anna@x.com;petrov@y.com.Petrov',
    'maks@example.com;79161234567',
    'mailto:anna@corp.ru?subject=Hi.Petrova',
    'Anna Petrova <anna@corp.ru>',
    'anna@corp.ru/Петрова',
    'anna@corp.ru\nпетрова',
    'anna@corp. Petrova',
    'anna@corp.ru•••, Petrova',
    '"a@b"@corp.ru',
    'anna',
    '@anna',
    'anna@',
  ]) {
    it(`of “${email}” hides all of it: there is more than an address`, () => assert.equal(maskedEmail(email), hidden));
  }
});

describe('The mask of a phone number', () => {
  for (const [phone, masked] of [
    ['+79161234567', '+7 ••• ••67'],
    ['+79161234567 •••', '+7 ••• ••67'],
    ['••• +79161234567', '••• ••67'],
    ['89161234567 •••', '••• ••67'],
    ['۰۹۱۲۳۴۵۶۷۸۹', '••• ••89'],
    ['Anna •••', hidden],
    ['12 •••', hidden],
    ['123456', hidden],
    ['+7 ••• ••67', '+7 ••• ••67'],
    ['••• ••67', '••• ••67'],
    [hidden, hidden],
  ] as const) {
    it(`of “${phone}” is “${masked}”`, () => assert.equal(maskedPhone(phone), masked));
  }
});

describe('An e-mail address in a text', () => {
  for (const [text, masked] of [
    ['from "john doe"@example.com, today', 'from •••, today'],
    ['{"from":"\\"john doe\\"@example.com"}', '{"from":"\\•••"}'],
    ['(john(at work)@example.com)', '(•••)'],
    ['the "john"@ is none, "a" and b@example.com', 'the "john"@ is none, "a" and b•••@e•••.com'],
    ['x("a") @ y (b) c', 'x("a") @ y (b) c'],
  ] as const)
    it(`of “${text}” gives “${masked}”`, () => assert.equal(maskContactForms(text), masked));
});

describe('A phone number in a text', () => {
  for (const [text, masked] of [
    // In circles.
    ['❾➊➏ ➊➋➌ ➍➎ ➍➋', '••• ••42'],
    ['+➆➈➀➅⓵⓶⓷⓸⓹ 4 2', '+7 ••• ••42'],
    ['call 🄋🄋49 30 ⓽⓪①⑧➁➉', 'call ••• ••10'],
    ['⓫⓴ and ➓ are counts', '⓫⓴ and ➓ are counts'],
    // Behind or before a date.
    ['12.05.2024 8 916 123-45-67', '12.05.2024 ••• ••67'],
    ['2026-11-26 8-916-123-45-67', '2026-11-26 ••• ••67'],
    ['2026-11-26 (916) 123-45-67', '2026-11-26 ••• ••67'],
    ['26/11/2026 8 916 1234567', '26/11/2026 ••• ••67'],
    ['12.05.2024 +49 30 901820', '12.05.2024 +4 ••• ••20'],
    ['01.02.2024 03.02.2024 030 901 82 00', '01.02.2024 03.02.2024 ••• ••00'],
    ['8 916 123-45-67 12.05.2024', '••• ••67 12.05.2024'],
    ['916 123-45-67 2026-11-26', '••• ••67 2026-11-26'],
    // Behind other numbers.
    ['10.0.0.1 8 916 123-45-67', '10.0.0.1 ••• ••67'],
    ['12345 8 916 123-45-67', '12345 ••• ••67'],
    ['кв. 12 8 916 123-45-67', 'кв. 12 ••• ••67'],
    ['1. 8 916 123-45-67', '1. ••• ••67'],
    ['14:30 8 916 123-45-67', '14:30 ••• ••67'],
    ['3.14 89161234567', '3.14 ••• ••67'],
    // Behind or before letters and signs.
    ['тел.89161234567', 'тел.••• ••67'],
    ['тел-89161234567', 'тел-••• ••67'],
    ['тел.+79161234567', 'тел.+7 ••• ••67'],
    ['т.8 916 123-45-67', 'т.••• ••67'],
    ['тел.8(916)123-45-67', 'тел.••• ••67'],
    ['тел.8-916-123-45-67', 'тел.••• ••67'],
    ['тел.(495) 123-45-67', 'тел.••• ••67'],
    ['№89161234567', '№••• ••67'],
    ['-89161234567', '-••• ••67'],
    ['89161234567р', '••• ••67р'],
    ['89161234567руб', '••• ••67руб'],
    ['+79161234567x', '+7 ••• ••67x'],
    // Several.
    ['8 916 123-45-67 8 903 765-43-21', '••• ••67 ••• ••21'],
    ['8(916)123-45-67 8(903)765-43-21', '••• ••67 ••• ••21'],
    ['8-916-123-45-67\n8-903-765-43-21', '••• ••67\n••• ••21'],
    ['89161234567 8 903 765-43-21', '••• ••67 ••• ••21'],
    ['916 123-45-67 903 765-43-21', '••• ••67 ••• ••21'],
    ['+49 30 901820 8 916 123-45-67', '+4 ••• ••20 ••• ••67'],
    ['1234 5678 9012 3456', '••• ••56'],
    // In other digits and with another minus.
    ['+7−916−123−45−67', '+7 ••• ••67'],
    ['8−916−123−45−67', '••• ••67'],
    ['call ٠٩١٦١٢٣٤٥٦٧', 'call ••• ••67'],
    ['call ۰۹۱۲۳۴۵۶۷۸۹ or', 'call ••• ••89 or'],
    ['+९१ ९८७६५ ४३२१०', '+9 ••• ••10'],
    ['7️⃣9️⃣1️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7', '••• ••67'],
  ] as const) {
    it(`is masked as a whole: “${text}”`, () => assert.equal(maskContactForms(text), masked));
  }

  for (const text of [
    '12.05.2024 – 26.11.2026',
    '2026-11-26 14.30',
    '2026-11-26-08-15-30-123456',
    '17.06.2014 08',
    '192.168.100.100',
    '192.168.100.100 10.0.0.1',
    '550e8400-e29b-41d4-a716-446655440000',
    '550e8400-e29b-41d4-a71c-446655440000',
    '0f79161234567c',
    'GA1.2.1234567890.1700000000',
    'fb.1.1700000000000.1234567890',
    'photo-1700000000000.jpg',
    'INV-2024-0012-3456',
    'order-12345678',
    '1402995363',
    '1402995363 1402995370',
    '1448121617782670208 1448121617782670209',
    '55.7558260',
    'v8.9.2024',
    '1 000 000',
  ]) {
    it(`is none in “${text}”`, () => assert.equal(maskContactForms(text), text));
  }

  it('is found wherever it stands, however it is grouped', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const digits = (length: number): fc.Arbitrary<string> =>
      fc.array(digit, { minLength: length, maxLength: length }).map((each) => each.join(''));
    const separator = fc.constantFrom('', ' ', '-', '.', ' - ');
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom('3', '4', '9'), digits(2), digits(3), digits(2), digits(2)),
        fc.constantFrom('8', '+7'),
        separator,
        fc.constantFrom('', 'тел. ', 'тел.', '12.05.2024 ', '2026-11-26 ', '12345 ', 'кв. 5, ', '8 903 765-43-21 '),
        fc.constantFrom('', ' 12.05.2024', ', 5', ' Анна', 'р', '\n8 903 765-43-21'),
        ([first, area, ...rest], trunk, between, before, after) => {
          const number = [trunk, first + area, ...rest].join(between);
          const masked = maskContactForms(before + number + after);
          for (const part of [first + area, rest[0]]) {
            const elsewhere = before + after;
            assert.ok(elsewhere.includes(part) || !masked.includes(part), `${before}${number}${after} → ${masked}`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes no longer in a text of 100,000 characters', () => {
    for (const text of ['1 '.repeat(5e4), '8 916 123-45-67 '.repeat(6e3), '8-'.repeat(5e4), '٠'.repeat(1e5)]) {
      const start = performance.now();
      maskContactForms(text);
      assert.ok(performance.now() - start < 5000, text.slice(0, 20));
    }
  });
});

describe('A number', () => {
  for (const [number, masked] of [
    [79161234567, '••• ••67'],
    [-79161234567, '••• ••67'],
    [new ExactNumber('79161234567.0'), '••• ••67'],
    [new ExactNumber('7.9161234567e10'), '••• ••67'],
    [new ExactNumber('7.91612345670E+10'), '••• ••67'],
  ] as const) {
    it(`is masked whose digits are a phone number: ${number.toString()}`, () => {
      assert.equal(maskNumberForm(number), masked);
    });
  }

  for (const number of [0, 1402995363, 12345.67, 79161234567.5, new ExactNumber('1448121617782670208'), 1e300]) {
    it(`is left as it is otherwise: ${number.toString()}`, () => assert.equal(maskNumberForm(number), number));
  }
});
