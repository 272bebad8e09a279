import { Random } from './random';
import { fromDateTime, hour, leadPlaceOf, type SampleLead } from './sampleLead';

/** A type of event of the sample app: `$event_<id>_first|last|count` are the lead properties it makes. */
export interface EventType {
  readonly id: number;
  readonly name: string;
  readonly score: number;
  readonly visible: boolean;
}

const named = (id: number, name: string, score: number, visible = true): EventType => ({ id, name, score, visible });

export const eventTypes: readonly EventType[] = [
  named(18, 'Session started', 1, false),
  named(19, 'Page visited', 0, false),
  named(23, 'Registered', 20),
  named(24, 'Logged in', 5),
  named(31, 'Product viewed', 3),
  named(32, 'Product added to cart', 8),
  named(33, 'Cart viewed', 6),
  named(34, 'Order started', 12),
  named(35, 'Order completed', 40),
  named(36, 'Order refunded', -15),
  named(41, 'Pricing page visited', 9),
  named(42, 'Demo requested', 30),
  named(57, 'Оплатил заказ', 40),
  named(58, 'Подписался на рассылку', 10),
  named(63, 'Pop-up shown', 0, false),
  named(64, 'Pop-up answered', 7),
  named(71, 'E-mail opened', 2),
  named(72, 'E-mail link clicked', 4),
  named(80, 'Chat started 💬', 10),
  named(112, 'اشترك في الخدمة', 25),
  named(113, '<b>Trial</b> started & "quoted"', 15),
  named(
    1001,
    'A very long event name that somebody typed into the admin panel without thinking of columns, tables or lanes',
    1,
  ),
];

const byId = new Map(eventTypes.map((type) => [type.id, type]));

/** The type with this id; types that only one lead has seen are named by their number. */
function eventTypeOf(id: number): EventType {
  return byId.get(id) ?? named(id, `Imported event ${id}`, id % 7);
}

/** What a lead's `$event_<id>_first|last|count` say together. Moments in unix seconds. */
export interface EventSummary {
  readonly type: EventType;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** The parameters of an event (API.md, section 5): the five types, and objects of text to text. */
export type EventProps = Readonly<
  Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, string>>>
>;

/** One event of a lead. */
export interface LeadEvent {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly type: EventType;
  readonly props: EventProps;
}

export interface Note {
  readonly id: string;
  readonly author: {
    readonly id: string;
    readonly name: string;
    readonly avatar: string | null;
    readonly type: 'admin';
  };
  readonly body: string;
  readonly created: number;
}

const remarks = [
  'Asked for an invoice, will pay by Friday.',
  'Prefers to be called after 15:00.',
  '<b>Important</b>: [do not](command:workbench.action.quit) write on weekends & holidays.',
  'Хочет перейти на годовой тариф.',
];
const operators = ['Maks', 'Ольга', 'Support team'];

/** Streams of their own, so that one part of a lead's history does not depend on how another is made. */
export const enum Stream {
  Events = 11,
  Notes = 12,
  Conversations = 13,
}

export function randomFor(lead: SampleLead, stream: Stream): Random {
  return new Random(stream, leadPlaceOf(lead.id) ?? 0);
}

/** A lead's events by type, as its properties count them; those whose properties are not whole are left out. */
export function eventSummaries(lead: SampleLead): EventSummary[] {
  return Object.entries(lead.props).flatMap(([name, count]) => {
    const id = /^\$event_(\d+)_count$/.exec(name)?.[1];
    const first = fromDateTime(lead.props[`$event_${id}_first`]) / 1000;
    const last = fromDateTime(lead.props[`$event_${id}_last`]) / 1000;
    const whole = typeof count === 'number' && count > 0 && first <= last;
    return id !== undefined && whole ? [{ type: eventTypeOf(Number(id)), first, last, count }] : [];
  });
}

/** All events of a lead, newest first: as many of each type, from the first to the last, as its properties count. */
export function leadEvents(lead: SampleLead): LeadEvent[] {
  const random = randomFor(lead, Stream.Events);
  const moments = eventSummaries(lead).flatMap(({ type, first, last, count }) =>
    Array.from({ length: count }, (_, index) => {
      const share = index === 0 ? 0 : index === count - 1 ? 1 : random.next();
      return { created: Math.floor(first + share * (last - first)), type };
    }),
  );
  moments.sort((one, other) => one.created - other.created || one.type.id - other.type.id);
  // Ids rise with time, so that a position among events of the same second is clear.
  const events = moments.map(({ created, type }, index) => ({
    id: String(1_500_000_000_000_000_000n + BigInt(created) * 100_000n + BigInt(index % 100_000)),
    created,
    type,
    props: eventProps(type, random),
  }));
  return events.reverse();
}

function eventProps(type: EventType, random: Random): LeadEvent['props'] {
  if (type.name.startsWith('Order') || type.name.startsWith('Оплатил')) {
    return { $order_id: `A-${random.whole(1000, 9999)}`, $order_amount: random.whole(500, 90_000) / 100 };
  }
  if (type.name.includes('visited') || type.name.includes('viewed')) {
    return {
      url: `https://www.example.com/p/${random.whole(1, 400)}`,
      title: random.pick(['Pricing', 'Кофе', '<i>Sale</i>']),
    };
  }
  return random.chance(0.3) ? { source: random.pick(['web', 'ios', 'android']), returning: random.chance(0.5) } : {};
}

/** When a lead was seen last, in unix seconds. `now` in milliseconds since 1970, for leads that were never seen. */
export function lastSeen(lead: SampleLead, now: number): number {
  return Math.floor((fromDateTime(lead.props.$last_seen) || now) / 1000);
}

/** `now` in milliseconds since 1970, for leads that were never seen. */
export function leadNotes(lead: SampleLead, now: number): Note[] {
  const random = randomFor(lead, Stream.Notes);
  const place = leadPlaceOf(lead.id) ?? 0;
  return Array.from({ length: random.chance(0.3) ? random.whole(1, 3) : 0 }, (_, index) => ({
    id: String(700_000_000_000_000_000n + BigInt(place) * 100n + BigInt(index)),
    author: {
      id: String(9000 + random.whole(1, 3)),
      name: random.pick(operators),
      avatar: null,
      type: 'admin' as const,
    },
    body: random.pick(remarks),
    created: lastSeen(lead, now) - random.whole(1, 400) * (hour / 1000),
  }));
}
