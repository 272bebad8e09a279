import type { Lead } from '../dashly/lead';
import type { Masking } from './masking';
import type { DateFormat } from './propertyValue';

/** The best name: `$name`, else `$email`, `$phone`, `$user_id`, else `Lead <id>`; a pseudonym while masked. One safe line. */
export function leadLabel(_lead: Lead, _masking: Masking): string {
  throw new Error('not yet');
}

/** What the label has not said, then when the lead was last seen: "maks@example.com · 2 minutes ago". One safe line. */
export function leadDescription(_lead: Lead, _masking: Masking, _now: number, _locale?: string): string {
  throw new Error('not yet');
}

/** The row for a screen reader: name, presence in words, the description. */
export function leadAccessibilityLabel(_lead: Lead, _masking: Masking, _now: number, _locale?: string): string {
  throw new Error('not yet');
}

/** The row's tooltip: plain lines, each safe by itself. */
export function leadTooltip(_lead: Lead, _masking: Masking, _now: number, _format?: DateFormat): string {
  throw new Error('not yet');
}

/** "Online", "Idle", "Offline"; another presence as it came; "Presence unknown" for none. */
export function presenceWord(_presence: string): string {
  throw new Error('not yet');
}

/** When the lead was last seen, in ms since 1970. */
export function lastSeen(_lead: Lead): number | undefined {
  throw new Error('not yet');
}
