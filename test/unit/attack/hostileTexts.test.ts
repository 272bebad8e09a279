import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import type { Lead } from '../../../src/dashly/lead';
import { leadTitle, referenceUri, safeFileName } from '../../../src/documents/leadReference';
import { type FormatName, formats } from '../../../src/export/formats/formats';
import { Masking } from '../../../src/leads/masking';
import { plain, singleLine } from '../../../src/leads/text';
import { leadAccessibilityLabel, leadDescription, leadLabel, leadTooltip } from '../../../src/leads/wording';
import { searchRows } from '../../../src/search/searchRows';
import { hostileTexts, named } from '../../service/hostileTexts';

/** Whatever ends a line or reorders, hides or controls what is around it. */
const breaksOut =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2067\u2060-\u2064\ufeff\u{e0000}-\u{e0fff}\p{Surrogate}]/u;
/** What VS Code reads in messages and picks (`parseLinkedText`, `parseLabelWithIcons`). */
const linkOrIcon = /\]\(|\$\([a-z]/i;

const now = Date.UTC(2026, 2, 1);

function leadOf(text: string): Lead {
  const props = Object.assign(Object.create(null) as Record<string, string>, {
    ...{ $name: text, $email: text, $phone: text, $user_id: text, $city: text, $last_seen: text, note: text },
    ...(text === '' ? {} : { [text]: text }),
  });
  return { id: '42', presence: text, props, record: { id: '42', presence: text, props } };
}

async function exported(format: FormatName, lead: Lead): Promise<string> {
  const encoder = formats[format].encoder({});
  const rows = encoder.encode([lead]);
  const ending = encoder.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of 'append' in ending ? [rows, ending.append] : ending.rewrite([rows])) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The flag of England is tags behind a black flag, up to their end: writing, which hides nothing. */
function withoutFlags(line: string): string {
  return line.replace(/\u{1F3F4}[\u{E0020}-\u{E007E}]{1,6}\u{E007F}/gu, '');
}

describe('Hostile texts', () => {
  const open = new Masking('key');
  const masked = new Masking('key', true);

  it('are more than 300, no two alike', () => {
    assert.ok(new Set(hostileTexts.map(({ text }) => text)).size > 300);
  });

  for (const hostile of hostileTexts) {
    const { text } = hostile;
    it(named(hostile), async () => {
      const lead = leadOf(text);
      const line = singleLine(text);
      assert.doesNotMatch(withoutFlags(line), breaksOut);
      assert.ok(line.length <= 200);
      assert.equal(singleLine(line), line, 'is as it is the second time');
      assert.doesNotMatch(plain(text), linkOrIcon);
      assert.equal(plain(plain(text)), plain(text));

      for (const masking of [open, masked]) {
        const words = [
          leadLabel(lead, masking),
          leadDescription(lead, { masking: masking, now }),
          leadAccessibilityLabel(lead, { masking: masking, now }),
          leadTitle(lead, masking),
          ...leadTooltip(lead, masking, now).split('\n'),
        ];
        const search = { text: text.trim() || 'x', scope: 'app', state: 'ready', total: 1, more: false } as const;
        const hits = [{ lead, match: { property: '$name', title: 'Name', value: text } }];
        const context = { masking, now, viewFiltered: false, loaded: 1, failure: '', recent: [text] };
        const rows = [
          ...searchRows({ ...search, hits }, context),
          ...searchRows({ ...search, hits: [] }, context),
          ...searchRows({ ...search, text: '', hits: [] }, context),
        ];
        words.push(...rows.flatMap(({ label, description }) => [label, description]));
        for (const word of words) {
          // Isolates around a right-to-left piece are ours, and end where they begin.
          assert.doesNotMatch(withoutFlags(word.replace(/\u2068([^\u2068\u2069]*)\u2069/gu, '$1')), breaksOut);
          assert.ok(word.length < 1000);
        }
      }

      const name = safeFileName(leadTitle(lead, open));
      assert.doesNotMatch(name, /[\\/:*?"<>|\u0000-\u001f]|^[. ]|[. ]$/);
      assert.ok(name.length > 0 && name.length <= 60);
      assert.equal(referenceUri({ account: text, id: '42' }, text).path.indexOf('/', 1), -1);

      const read = parseJson(stringifyJson(lead.record));
      assert.deepEqual(JSON.parse(stringifyJson(read)), JSON.parse(JSON.stringify(lead.record)));
      assert.ok(!('polluted' in {}));
      for (const format of ['ndjson', 'json'] as const) {
        const written = await exported(format, lead);
        if (format === 'ndjson') assert.equal(written.indexOf('\n'), written.length - 1, 'one line a lead');
        const [back] = [JSON.parse(written)].flat() as { props: Record<string, string> }[];
        assert.equal(back?.props.$name, text);
      }
      const [names = [], cells = []] = parse(await exported('csv', lead), { relax_column_count: false });
      // A CSV holds no U+0000, UTF-8 no half of a pair; an apostrophe stands before what could be a formula.
      const held = Buffer.from(text.replaceAll('\0', '\ufffd')).toString();
      assert.ok([held, `'${held}`].includes(cells[names.indexOf('$name')] ?? ''));
      const { props } = masked.lead(lead);
      if (/@|\d{7}/.test(text)) assert.notEqual(props.$name, text);
    });
  }
});
