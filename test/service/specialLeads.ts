import { hostileExamples } from './hostileTexts';
import {
  day,
  hour,
  minute,
  type SamplePresence,
  type SampleProps,
  type SampleValue,
  toDateTime,
  year,
} from '../../src/sample/sampleLead';

/** A lead written by hand: an edge of what a real app holds. */
export interface SpecialLead {
  /** What it is an example of. */
  readonly about: SpecialLeadKind;
  readonly presence: SamplePresence;
  readonly props: SampleProps;
}

export type SpecialLeadKind =
  | 'only a User ID'
  | 'only a conversation'
  | 'long integers'
  | 'long name'
  | 'emoji name'
  | 'right-to-left name'
  | 'odd values'
  | 'many properties'
  | 'hostile text';

const manyProperties = (startedAt: number): SampleProps => {
  const props: Record<string, SampleValue> = {
    $name: 'Thousand Properties',
    $email: 'thousand@example.com',
    $user_id: 'thousand-properties',
    $last_seen: toDateTime(startedAt - 6 * hour),
    $sessions: 4321,
  };
  for (let id = 2001; id <= 2200; id++) {
    const first = startedAt - ((id * 7919) % 1000) * day - hour;
    props[`$event_${id}_first`] = toDateTime(first);
    props[`$event_${id}_last`] = toDateTime(first + ((id * 104_729) % 97) * 0.01 * (startedAt - hour - first));
    props[`$event_${id}_count`] = 1 + ((id * 31) % 57);
  }
  for (let index = Object.keys(props).length; index < 1000; index++) {
    props[`custom_${String(index).padStart(4, '0')}`] = [
      index,
      `value ${index}`,
      index % 2 === 0,
      toDateTime(startedAt - index * day),
      [`item ${index}`, 'second'],
    ][index % 5] as SampleValue;
  }
  return props;
};

/** The hand-written leads of an app that started at this moment (milliseconds since 1970). */
export function specialLeads(startedAt: number): readonly SpecialLead[] {
  const ago = (milliseconds: number) => toDateTime(startedAt - milliseconds);
  const offline = 'offline' as const;
  return [
    { about: 'only a User ID', presence: offline, props: { $user_id: 'customer-77' } },
    { about: 'only a User ID', presence: offline, props: { $user_id: '90071992547409931' } },
    { about: 'only a conversation', presence: offline, props: {} },
    { about: 'only a conversation', presence: 'online', props: { $last_seen: ago(minute) } },
    {
      about: 'long integers',
      presence: offline,
      props: {
        $name: 'Long Integers',
        $email: 'long.integers@example.com',
        $last_seen: ago(40 * minute),
        order_id: 1448121617782670209n,
        negative: -9223372036854775808n,
        unsigned: 18446744073709551615n,
        first_unsafe: 9007199254740993n,
        largest_safe: 9007199254740991,
        huge: 123456789012345678901234567890n,
      },
    },
    {
      about: 'long name',
      presence: offline,
      props: {
        $name:
          'Pablo Diego José Francisco de Paula Juan Nepomuceno María de los Remedios Cipriano de la Santísima Trinidad Ruiz y Picasso, called by everybody at the office simply “the one with the very long name in the lead database”',
        $email:
          'a.very.long.address.that.nobody.would.ever.type.twice.on.a.telephone@a-long-label.another-long-label.example.org',
        $last_seen: ago(3 * hour),
      },
    },
    {
      about: 'emoji name',
      presence: 'idle',
      props: { $name: '👩‍👩‍👧‍👦🏳️‍🌈✌🏽', $email: 'emoji@example.com', $last_seen: ago(4 * minute) },
    },
    {
      about: 'right-to-left name',
      presence: offline,
      props: { $name: 'عبد الرحمن بن خالد (Abd) 123', $phone: '+20100200300', $last_seen: ago(5 * hour) },
    },
    {
      about: 'odd values',
      presence: offline,
      props: {
        $name: '  ',
        $email: '',
        $phone: '0',
        $user_id: '0',
        $last_seen: ago(2 * year),
        $last_contacted: '2016-02-12T15:33:31.123456',
        $last_reply: '0000-00-00T00:00:00',
        $sessions: 0,
        $revenue: -0.5,
        $profit: 1e21,
        $ordered_items: [],
        $viewed_products: Array.from({ length: 30 }, (_, index) => `Item ${index + 1}, "quoted"`),
        $unheard_of: 'a system property no document names',
        'with space and "quotes"': true,
        '': 'a property without a name',
        ['__proto__']: 'a trap for those who assign by name',
        toString: 'the name of a method',
        future: toDateTime(startedAt + year),
        mixed: 'yes',
      },
    },
    { about: 'many properties', presence: offline, props: manyProperties(startedAt) },
    ...hostileExamples.map((text, index): SpecialLead => ({
      about: 'hostile text',
      presence: offline,
      props: {
        $name: text,
        $email: index % 2 === 0 ? text : `hostile${index}@example.com`,
        $phone: text,
        $user_id: text.slice(0, 255),
        $last_seen: ago((20 + index * 9) * minute),
        $city: text,
        $avatar: text,
        $initial_referrer: text,
        notes_about: text,
        list: [text, 'harmless'],
        [text.slice(0, 120)]: 'hostile name',
        ['$event_18_count']: 1,
        ['$event_18_first']: ago(9 * day),
        ['$event_18_last']: ago(9 * day),
      },
    })),
  ];
}
