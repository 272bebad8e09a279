import { day, hour, minute, toDateTime, year } from './dateTime';
import { eventTypes } from './eventType';
import { leadIdAt } from './leadId';
import type { Culture } from './people';
import { cultures, nameEmoji } from './people';
import type { Random } from './random';
import type { SampleLead, SamplePresence, SampleValue } from './sampleLead';

const mailHosts = ['example.com', 'example.org', 'example.net', 'mail.example.com', 'shop.example', 'correo.test', 'пример.test'];
const referrers = ['https://www.example.org/blog/pricing', 'https://search.example.com/?q=live+chat', 'https://news.example/', 'android-app://com.example.mail/', '(direct)'];
const campaigns = ['spring_sale', 'brand', 'retargeting-30d', 'webinar 2026', 'акция_осень'];
const media = ['cpc', 'email', 'social', 'referral', 'banner'];
const sources = ['google', 'newsletter', 'facebook', 'partner-17', 'yandex'];
const terms = ['live chat', 'crm+for+shop', 'чат для сайта', 'lead database'];
const products = ['Espresso cups, set of 6', 'Кофемолка', '珈琲豆 200g', 'Grinder "Pro" 2000', 'Filter paper; 100 pcs', 'Mug, blue', 'Gift card'];
const categories = ['Coffee', 'Tea', 'Accessories', 'Подарки', 'Sale'];
const orderStates = ['new', 'paid', 'shipped', 'delivered', 'cancelled'];
const plans = ['free', 'pro', 'team', 'enterprise'];
const companies = ['Initech', 'Acme, Inc.', 'ООО «Ромашка»', 'Café Zürich GmbH', 'Globex & Sons', '株式会社サンプル'];
const interests = ['coffee', 'tea', 'gifts', 'wholesale', 'barista course', 'доставка'];

const totalShare = cultures.reduce((sum, culture) => sum + culture.share, 0);

function pickCulture(random: Random): Culture {
  let left = random.next() * totalShare;
  return cultures.find((culture) => (left -= culture.share) < 0) ?? (cultures[0] as Culture);
}

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

function pickList(random: Random, from: readonly string[], most: number): string[] {
  const first = random.whole(0, from.length - 1);
  const length = random.whole(1, Math.min(most, from.length));
  return Array.from({ length }, (_, index) => from[(first + index) % from.length] as string);
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
    const local = random.pick([`${given[1]}.${family[1]}`, `${given[1]}${place % 1000}`, `${family[1]}+news`, given[1]]);
    props.$email = `${local}@${random.pick(mailHosts)}`;
  }
  if (kind >= 0.94 || (kind >= 0.04 && random.chance(0.45))) {
    const number = String(random.whole(100_000_000, 999_999_999));
    props.$phone = random.chance(0.7)
      ? culture.dialling + number
      : `${culture.dialling} (${number.slice(0, 3)}) ${number.slice(3, 6)}-${number.slice(6)}`;
  }
  if (kind < 0.04 || random.chance(0.5)) {
    props.$user_id = random.pick([
      () => String(random.whole(1000, 99_999_999)),
      () => `usr_${random.hex(12)}`,
      () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
    ])();
  }
}

function addShop(props: Record<string, SampleValue>, random: Random): void {
  const orders = random.whole(0, 12);
  props.$orders_count = orders;
  props.$viewed_products = pickList(random, products, 4);
  props.$viewed_categories = pickList(random, categories, 3);
  if (random.chance(0.4)) {
    props.$cart_amount = random.whole(100, 500_000) / 100;
    props.$cart_items = pickList(random, products, 3);
  }
  if (orders > 0) {
    props.$last_order_status = random.pick(orderStates);
    props.$last_payment = random.whole(500, 90_000) / 100;
    props.$revenue = orders * random.whole(10, 900);
    props.$profit = Math.round(Number(props.$revenue) * 0.2) - random.whole(0, 90);
    props.$ordered_items = pickList(random, products, 5);
    props.$ordered_categories = pickList(random, categories, 2);
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
    props.interests = pickList(random, interests, 4);
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

/** Adds events between two moments (milliseconds since 1970). */
function addEvents(props: Record<string, SampleValue>, random: Random, from: number, to: number): void {
  const start = random.whole(0, eventTypes.length - 1);
  for (let left = random.whole(0, 3); left > 0; left--) {
    const type = eventTypes[(start + left * 5) % eventTypes.length];
    const count = Math.floor(1 + random.next() ** 4 * 60);
    const first = from + random.next() * (to - from);
    const last = count === 1 ? first : first + random.next() * (to - first);
    props[`$event_${type?.id}_first`] = toDateTime(first);
    props[`$event_${type?.id}_last`] = toDateTime(last);
    props[`$event_${type?.id}_count`] = count;
  }
}

/** The lead an app that started at this moment (milliseconds since 1970) has at this place; always the same for the same arguments. */
export function ordinaryLead(place: number, startedAt: number, random: Random): SampleLead {
  const props: Record<string, SampleValue> = {};
  const culture = pickCulture(random);
  const [presence, absence] = presenceAndAbsence(random);
  const lastSeen = startedAt - absence;
  const firstSeen = lastSeen - random.next() ** 3 * 2 * year - minute;
  addIdentity(props, culture, random, place);
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
  if (random.chance(0.45)) {
    addShop(props, random);
  }
  if (random.chance(0.8)) {
    addCustom(props, random, startedAt);
  }
  addEvents(props, random, firstSeen, lastSeen);
  return { id: leadIdAt(place), presence, props };
}
