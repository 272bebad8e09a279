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
export function eventTypeOf(id: number): EventType {
  return byId.get(id) ?? named(id, `Imported event ${id}`, id % 7);
}
