import { eventTypes } from './leadHistory';
import {
  type Culture,
  cultures,
  nameEmoji,
  mailHosts,
  referrers,
  campaigns,
  media,
  sources,
  terms,
  products,
  categories,
  orderStates,
  plans,
  companies,
  interests,
} from './vocabulary';
import { Random } from './random';
import {
  day,
  hour,
  leadIdAt,
  minute,
  type SampleLead,
  type SamplePresence,
  type SampleProps,
  type SampleValue,
  toDateTime,
  year,
} from './sampleLead';

const weightedCultures = cultures.flatMap((culture) => Array.from({ length: culture.share }, () => culture));

/** How long ago the lead was last seen, in milliseconds: minutes to three years, most of them long ago. */
function pickAbsence(random: Random): number {
  const least = Math.log(3 * minute);
  const most = Math.log(3 * year);
  return Math.exp(least + random.next() ** 0.35 * (most - least));
}

function presenceAndAbsence(random: Random): [SamplePresence, number] {
  const luck = random.next();
  if (luck < 0.006) {
    return ['online', random.next() * 2 * minute];
  }
  if (luck < 0.01) {
    return ['idle', 2 * minute + random.next() * 12 * minute];
  }
  return ['offline', pickAbsence(random)];
}

/** From `least` to `most` neighbours of a list that is thought of as a ring. */
function pickSome<T>(random: Random, from: readonly T[], least: number, most: number): T[] {
  const first = random.whole(0, from.length - 1);
  return [...from, ...from].slice(first, first + random.whole(least, Math.min(most, from.length)));
}

function pickUserId(random: Random): string {
  switch (random.whole(0, 2)) {
    case 0:
      return String(random.whole(1000, 99_999_999));
    case 1:
      return `usr_${random.hex(12)}`;
    default:
      return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
  }
}

function addIdentity(props: Record<string, SampleValue>, culture: Culture, random: Random, place: number): void {
  const given = random.pick(culture.given);
  const family = random.pick(culture.family);
  const kind = random.next();
  if (kind < 0.04) {
    // Known by the site's own id alone.
  } else if (kind < 0.68) {
    const parts = culture.familyFirst ? [family[0], given[0]] : [given[0], family[0]];
    const mark = random.chance(0.02) ? ' ' + random.pick(nameEmoji) : '';
    props.$name = parts.join(culture.between ?? ' ') + mark;
  } else if (kind < 0.78) {
    props.$name = random.chance(0.5) ? given[0] : given[1];
  }
  if (kind >= 0.04 && (props.$name === undefined ? kind < 0.94 : random.chance(0.8))) {
    const local = random.pick([
      `${given[1]}.${family[1]}`,
      `${given[1]}${place % 1000}`,
      `${family[1]}+news`,
      given[1],
    ]);
    props.$email = `${local}@${random.pick(mailHosts)}`;
  }
  if (kind >= 0.94 || (kind >= 0.04 && random.chance(0.45))) {
    const number = String(random.whole(100_000_000, 999_999_999));
    props.$phone = random.chance(0.7)
      ? culture.dialling + number
      : `${culture.dialling} (${number.slice(0, 3)}) ${number.slice(3, 6)}-${number.slice(6)}`;
  }
  if (kind < 0.04 || random.chance(0.5)) {
    props.$user_id = pickUserId(random);
  }
}

function addShop(props: Record<string, SampleValue>, random: Random): void {
  const orders = random.whole(0, 12);
  props.$orders_count = orders;
  props.$viewed_products = pickSome(random, products, 1, 4);
  props.$viewed_categories = pickSome(random, categories, 1, 3);
  if (random.chance(0.4)) {
    props.$cart_amount = random.whole(100, 500_000) / 100;
    props.$cart_items = pickSome(random, products, 1, 3);
  }
  if (orders > 0) {
    props.$last_order_status = random.pick(orderStates);
    props.$last_payment = random.whole(500, 90_000) / 100;
    const revenue = orders * random.whole(10, 900);
    props.$revenue = revenue;
    props.$profit = Math.round(revenue * 0.2) - random.whole(0, 90);
    props.$ordered_items = pickSome(random, products, 1, 5);
    props.$ordered_categories = pickSome(random, categories, 1, 2);
    if (random.chance(0.2)) {
      props.$group = random.pick(['retail', 'wholesale', 'VIP']);
      props.$discount = random.whole(0, 30);
    }
  }
}

function addCustom(props: Record<string, SampleValue>, random: Random, startedAt: number): void {
  props.plan = random.pick(plans);
  props.newsletter = random.chance(0.6);
  if (random.chance(0.4)) {
    props.company = random.pick(companies);
  }
  if (random.chance(0.3)) {
    props.interests = pickSome(random, interests, 1, 4);
  }
  if (random.chance(0.3)) {
    props.orders = random.whole(0, 40);
  }
  if (random.chance(0.15)) {
    props.trial_ends = toDateTime(startedAt + random.whole(-60, 30) * day);
  }
  if (random.chance(0.1)) {
    props.birthday = toDateTime(random.whole(-10_000, 12_500) * day).slice(0, 10);
  }
  if (random.chance(0.05)) {
    props.external_id = 9_007_199_254_740_993n + BigInt(random.whole(0, 2_000_000_000)) * 500_000_009n;
  }
  if (random.chance(0.05)) {
    props.balance = random.whole(-100_000, 100_000) / 100;
  }
}

const eventNames = eventTypes.map(
  ({ id }) => [`$event_${id}_first`, `$event_${id}_last`, `$event_${id}_count`] as const,
);

/** Adds events between two moments (milliseconds since 1970). */
function addEvents(props: Record<string, SampleValue>, random: Random, from: number, to: number): void {
  for (const [firstName, lastName, countName] of pickSome(random, eventNames, 0, 3)) {
    const count = Math.floor(1 + random.next() ** 4 * 60);
    const first = from + random.next() * (to - from);
    props[firstName] = toDateTime(first);
    props[lastName] = toDateTime(count === 1 ? first : first + random.next() * (to - first));
    props[countName] = count;
  }
}

/** Adds when the lead was on the site. Gives its presence and when it first and last was there (milliseconds since 1970). */
function addActivity(
  props: Record<string, SampleValue>,
  random: Random,
  startedAt: number,
): { presence: SamplePresence; firstSeen: number; lastSeen: number } {
  const [presence, absence] = presenceAndAbsence(random);
  const lastSeen = startedAt - absence;
  const firstSeen = lastSeen - random.next() ** 3 * 2 * year - minute;
  if (random.chance(0.985) || presence !== 'offline') {
    props.$last_seen = toDateTime(lastSeen);
    props.$sessions = Math.floor(1 + random.next() ** 6 * 400);
  }
  if (random.chance(0.35)) {
    const contacted = firstSeen + random.next() * (startedAt - firstSeen);
    props.$last_contacted = toDateTime(contacted);
    if (random.chance(0.3)) {
      props.$last_reply = toDateTime(Math.min(startedAt, contacted + random.next() * 5 * hour));
    }
  }
  return { presence, firstSeen, lastSeen };
}

/** Adds where the lead is and where it came from. */
function addOrigin(props: Record<string, SampleValue>, random: Random, culture: Culture): void {
  if (random.chance(0.85)) {
    [props.$country, props.$region, props.$city] = random.pick(culture.places);
  }
  if (random.chance(0.6)) {
    props.$initial_referrer = random.pick(referrers);
  }
  if (random.chance(0.3)) {
    props.$last_utm_source = random.pick(sources);
    props.$last_utm_medium = random.pick(media);
    props.$last_utm_campaign = random.pick(campaigns);
    if (random.chance(0.4)) {
      props.$last_utm_content = `banner_${random.whole(1, 9)}`;
      props.$last_utm_term = random.pick(terms);
    }
  }
  if (random.chance(0.2)) {
    props.$avatar = `https://avatars.example.com/${random.hex(16)}.png`;
  }
}

const identityNames = ['$name', '$email', '$phone', '$user_id'];
const activityNames = ['$last_seen', '$sessions', '$last_contacted', '$last_reply'];

/** How many leads are kept ready: as many as a query can read (API.md, section 1), twice. */
const keptLeads = 20_000;

/**
 * The leads an app starts with. Each is made when it is asked for, and only some are kept: an app of 250,000 leads takes
 * little more memory than one of ten thousand. Each part of a lead has a stream of random numbers of its own: who asks for
 * one property of 250,000 leads need not make the others.
 */
export class GeneratedLeads {
  private readonly random = new Random(0);
  private readonly kept = new Map<number, SampleLead>();

  /** `startedAt` in milliseconds since 1970; the same arguments give the same leads. */
  constructor(
    private readonly seed: number,
    private readonly startedAt: number,
  ) {}

  /** The lead at a place, from 0. */
  at(place: number): SampleLead {
    let lead = this.kept.get(place);
    if (!lead) {
      lead = this.make(place);
      if (this.kept.size >= keptLeads) {
        this.kept.clear();
      }
      this.kept.set(place, lead);
    }
    return lead;
  }

  /** At least these properties of the lead at a place; cheaper than the whole lead where they are the usual ones. */
  propsAt(place: number, properties: readonly string[]): SampleProps {
    const props: Record<string, SampleValue> = {};
    if (properties.every((name) => identityNames.includes(name))) {
      this.addIdentity(props, place);
    } else if (properties.every((name) => activityNames.includes(name))) {
      this.addActivity(props, place);
    } else {
      return this.at(place).props;
    }
    return props;
  }

  private make(place: number): SampleLead {
    const props: Record<string, SampleValue> = {};
    const culture = this.addIdentity(props, place);
    const { presence, firstSeen, lastSeen } = this.addActivity(props, place);
    this.random.restart(this.seed, place * 3 + 2);
    addOrigin(props, this.random, culture);
    if (this.random.chance(0.45)) {
      addShop(props, this.random);
    }
    if (this.random.chance(0.8)) {
      addCustom(props, this.random, this.startedAt);
    }
    addEvents(props, this.random, firstSeen, lastSeen);
    return { id: leadIdAt(place), presence, props };
  }

  private addIdentity(props: Record<string, SampleValue>, place: number): Culture {
    this.random.restart(this.seed, place * 3);
    const culture = this.random.pick(weightedCultures);
    addIdentity(props, culture, this.random, place);
    return culture;
  }

  private addActivity(props: Record<string, SampleValue>, place: number): ReturnType<typeof addActivity> {
    this.random.restart(this.seed, place * 3 + 1);
    return addActivity(props, this.random, this.startedAt);
  }
}
