import assert from 'node:assert/strict';
import fc from 'fast-check';
import { speak } from '../../../src/language';
import { Masking } from '../../../src/leads/masking';
import {
  leadAccessibilityLabel,
  leadDescription,
  leadLabel,
  leadTooltip,
  presenceWord,
} from '../../../src/leads/wording';
import { leadOf } from './leadsModel';

const open = new Masking('key');
const masked = new Masking('key', true);
const now = Date.UTC(2014, 5, 17, 8, 58, 30);
const maks = leadOf(
  '3568',
  {
    $name: 'Maks',
    $email: 'maks@example.com',
    $phone: '+79161234542',
    $last_seen: '2014-06-17T08:56:03',
    $city: 'Omsk',
  },
  'online',
);

describe('the words for a lead', () => {
  it('name it by the best that is known', () => {
    const props = { $name: 'Maks', $email: 'maks@example.com', $phone: '+7', $user_id: 'u1' };
    assert.equal(leadLabel(leadOf('1', props), open), 'Maks');
    assert.equal(leadLabel(leadOf('1', { ...props, $name: ' \u200B\u200E' }), open), 'maks@example.com');
    assert.equal(leadLabel(leadOf('1', { $phone: 79161234542, $user_id: 'u1' }), open), '79161234542');
    assert.equal(leadLabel(leadOf('1', { $user_id: 'u1', $name: null }), open), 'u1');
    assert.equal(leadLabel(leadOf('1448121617782670208', { $name: ['x'] }), open), 'Lead 1448121617782670208');
  });

  it('describe it by what the label has not said', () => {
    assert.equal(leadDescription(maks, { masking: open, now }), 'now · maks@example.com');
    assert.equal(leadDescription(leadOf('1', { $email: 'a@b.c' }), { masking: open, now }), '');
    assert.equal(leadDescription(leadOf('1', { $email: 'a@b.c', $phone: '+7' }), { masking: open, now }), '+7');
    assert.equal(leadDescription(leadOf('1', { $last_seen: '2014-06-17' }), { masking: open, now }), '8 hr');
    assert.equal(leadDescription(leadOf('1', { $last_seen: 'yesterday' }), { masking: open, now }), '');
  });

  it('begin with the time in short, or with what the leads are sorted by', () => {
    const lead = leadOf('1', {
      $name: 'Maks',
      $email: 'a@b.c',
      $last_seen: '2014-06-17T08:56:03',
      $last_reply: '2014-06-15',
      trial_ends: '2030-01-31',
      $sessions: 42,
      plan: ['pro', 'team'],
      'note about anna@corp.example': 'call anna@corp.example',
    });
    const sortedBy = (sortProp: string | undefined, masking = open): string =>
      leadDescription(lead, { masking, now, sortProp });
    assert.equal(sortedBy(undefined), '2 min · a@b.c');
    assert.equal(sortedBy('$last_seen'), '2 min · a@b.c');
    assert.equal(sortedBy('$name'), '2 min · a@b.c');
    assert.equal(sortedBy('$last_reply'), '2 days · a@b.c');
    assert.equal(sortedBy('$sessions'), '42 · a@b.c');
    assert.equal(sortedBy('plan'), 'pro, team · a@b.c');
    assert.equal(sortedBy('unknown'), 'a@b.c');
    assert.match(sortedBy('trial_ends'), /^Jan 3\d, 2030 · a@b\.c$/);
    assert.doesNotMatch(sortedBy('note about anna@corp.example', masked), /anna/);
    assert.equal(
      leadAccessibilityLabel(lead, { masking: open, now, sortProp: '$sessions' }),
      'Maks, offline, Sessions 42, a@b.c, last seen 2 minutes ago',
    );
  });

  it('fall back to the next name where one draws nothing', () => {
    for (const name of ['\u2800', '\u3164\u2800 ', '\u{1D159}', '\u00A0\u200B', '\u115F']) {
      assert.equal(leadLabel(leadOf('1', { $name: name, $email: 'a@b.c' }), open), 'a@b.c', JSON.stringify(name));
    }
  });

  it('show selectors and flags as the writing they are part of, and other tags as what they are', () => {
    const scotland = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}';
    for (const name of ['葛\u{E0100}城', `Ann ${scotland}`]) {
      assert.equal(leadLabel(leadOf('1', { $name: name }), open), name);
    }
    assert.equal(leadLabel(leadOf('1', { $name: 'a\u{E0100}b\u{E0041}' }), open), 'a\\u{E0100}b\\u{E0041}');
    assert.equal(leadLabel(leadOf('1', { $name: '\u{1F3F4}\u{E0067}x' }), open), '\u{1F3F4}\\u{E0067}x');
  });

  it('say the presence to a screen reader', () => {
    assert.equal(leadAccessibilityLabel(maks, { masking: open, now }), 'Maks, online, maks@example.com');
    assert.equal(leadAccessibilityLabel(leadOf('1', {}, ''), { masking: open, now }), 'Lead 1, presence unknown');
    assert.equal(presenceWord('on\nholiday'), 'On holiday');
  });

  it('tell one fact a line in the tooltip', () => {
    assert.deepEqual(leadTooltip(maks, open, now, { timeZone: 'Asia/Omsk' }).replaceAll('\u202F', ' ').split('\n'), [
      'Maks (online)',
      'Name: Maks',
      'E-mail: maks@example.com',
      'Phone: +79161234542',
      'Last seen: 2 minutes ago (Jun 17, 2014, 3:56:03 PM GMT+7)',
      'City: Omsk',
      'Lead id: 3568',
    ]);
  });

  it('say nothing of the future of what has happened: two clocks differ', () => {
    const ahead = leadOf('1', { $last_seen: '2014-06-17T09:30:00' });
    assert.equal(leadDescription(ahead, { masking: open, now }), 'now');
    assert.match(leadTooltip(ahead, open, now), /Last seen: now \(/);
    assert.match(leadAccessibilityLabel(ahead, { masking: open, now }), /last seen now$/);
  });

  it('tell the time in the zone of this machine where no other is given, as the card does', () => {
    const here = process.env.TZ;
    try {
      process.env.TZ = 'Asia/Tokyo';
      // In a language of its own: formatters are kept, with the zone that the machine had when they were made.
      speak('en-AU', {});
      assert.match(leadTooltip(maks, open, now), /5:56:03\spm/i);
    } finally {
      speak('en', undefined);
      if (here === undefined) delete process.env.TZ;
      else process.env.TZ = here;
    }
  });

  it('say no contact while masked', () => {
    const words = [
      leadLabel(maks, masked),
      leadDescription(maks, { masking: masked, now }),
      leadAccessibilityLabel(maks, { masking: masked, now }),
      leadTooltip(maks, masked, now),
    ];
    assert.doesNotMatch(words.join('\n'), /maks|example|9161/i);
    assert.match(words[0] ?? '', /^Lead [0-9A-F]{4}$/);
    assert.equal(words[1], 'now · m•••@e•••.com');
    assert.equal(leadDescription(leadOf('1', { $email: 'a@b.c' }), { masking: masked, now }), 'a•••@b•••.c');
    assert.match(leadLabel(leadOf('1'), masked), /^Lead [0-9A-F]{4}$/);
  });

  it('stay on their line and do nothing, whatever the lead is called', () => {
    const harmful = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u200B\uFEFF]/;
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        (name, presence, on) => {
          const lead = leadOf('1', { $name: name, $email: name, $city: name }, presence);
          const masking = on ? masked : open;
          for (const text of [
            leadLabel(lead, masking),
            leadDescription(lead, { masking: masking, now }),
            leadAccessibilityLabel(lead, { masking: masking, now }),
            ...leadTooltip(lead, masking, now).split('\n'),
          ]) {
            assert.doesNotMatch(text, harmful);
            assert.ok(text.length < 520);
            assert.ok((text.match(/\u2066|\u2067|\u2068/g) ?? []).length === (text.match(/\u2069/g) ?? []).length);
          }
          assert.notEqual(leadLabel(lead, masking), '');
        },
      ),
    );
  });
});
