import type { Visitor, Visitors } from '../dashly/activeUsers';
import { minute } from '../dashly/dates';
import { type JsonValue, sameJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { systemProperties } from '../leads/properties';
import { visitBegan, visitValue } from '../leads/visit';

/** Somebody who is on the site, or has just left it. Moments are in ms since 1970. */
export interface OnlineVisitor {
  readonly visitor: Visitor;
  /** The visitor as a lead's record is read, with what `presence_details` repeats of the properties. */
  readonly lead: Lead;
  /** When the visit began; undefined when that was not said. */
  readonly since: number | undefined;
  /** When they were last seen to do something: to come, to open a page, to wake up. */
  readonly activeAt: number;
  /** Where they stood in the answer that told that. */
  readonly rank: number;
  /** When they were found gone; undefined while they are there. */
  readonly leftAt: number | undefined;
  /** When they were there, where that is too long ago to say that they still are; undefined while it is not. */
  readonly seenAt: number | undefined;
  /** In how many answers in a row they were missing. */
  readonly missing: number;
}

/** Whether somebody is there, as far as that can be said. */
export function isPresent({ leftAt, seenAt }: OnlineVisitor): boolean {
  return leftAt === undefined && seenAt === undefined;
}

/** How long somebody who has left is still shown, and for how long an answer says who is there. */
const stays = 2 * minute;

/**
 * Who is on the site, out of one answer after another. The service tells no moment of the last activity: it is when an
 * answer was another than the one before. Those of the first answer keep its order (API.md, section 6).
 */
export class OnlineVisitors {
  private known = new Map<string, OnlineVisitor>();
  /** When the last answer came. */
  private answeredAt = -Infinity;

  /** Whether the last answer came too long before a moment to say who is there; so it is before the first one. */
  isOld(moment: number): boolean {
    return moment - this.answeredAt > stays;
  }

  /** Brings what is known in step with an answer that came at a moment. */
  update({ visitors, pages, more }: Visitors, at: number): void {
    const before = this.known;
    const now = new Map<string, OnlineVisitor>();
    for (const [rank, visitor] of visitors.entries())
      now.set(visitor.id, met(visitor, rank, before.get(visitor.id), at));
    // Who moves while several pages are read may be in none of them: gone is who is missing twice.
    const isSure = pages === 1 && !more;
    // Who has gone since an old answer has left nobody knows when.
    for (const [id, one] of this.isOld(at) ? [] : before) {
      if (now.has(id)) continue;
      const missing = one.missing + 1;
      const leftAt = one.leftAt ?? (isSure || missing > 1 ? at : undefined);
      if (leftAt === undefined || at - leftAt < stays) now.set(id, { ...one, leftAt, missing });
    }
    this.known = now;
    this.answeredAt = at;
  }

  /** Forgets everybody: another app is looked at. */
  clear(): void {
    this.known = new Map();
    this.answeredAt = -Infinity;
  }

  /** Those who were there when the last answer came, and for two minutes those who have left: newest activity first. */
  at(moment: number): OnlineVisitor[] {
    const seenAt = this.isOld(moment) ? this.answeredAt : undefined;
    return [...this.known.values()]
      .filter(({ leftAt }) => leftAt === undefined || moment - leftAt < stays)
      .map((one) => (seenAt === undefined ? one : { ...one, seenAt }))
      .sort((one, other) => other.activeAt - one.activeAt || one.rank - other.rank);
  }
}

function met(visitor: Visitor, rank: number, before: OnlineVisitor | undefined, at: number): OnlineVisitor {
  const isSame = before !== undefined && sameJson(before.visitor.record, visitor.record);
  const wasThere = before !== undefined && before.leftAt === undefined;
  const isIdle = visitor.presence === 'idle' && wasThere;
  const isActive = !wasThere || !(isSame || isIdle || isSameActivity(visitor, before.visitor));
  return {
    visitor,
    lead: isSame ? before.lead : leadOf(visitor),
    since: visitBegan(visitor.details),
    activeAt: isActive ? at : before.activeAt,
    rank: isActive ? rank : before.rank,
    leftAt: undefined,
    seenAt: undefined,
    missing: 0,
  };
}

/** What changes when somebody does something. */
const activity = ['$current_page_url', '$current_page_title', '$current_session_pages', '$active_since'] as const;

function isSameActivity(one: Visitor, other: Visitor): boolean {
  if ((one.presence === 'idle') !== (other.presence === 'idle')) return false;
  return activity.every((name) => sameJson(visitValue(one.details, name), visitValue(other.details, name)));
}

/** Fields of `presence_details` that are none of the lead's properties. */
const visitFields = new Set(systemProperties.filter(({ visit }) => visit).map(({ name }) => name));

function leadOf({ id, presence, details, record }: Visitor): Lead {
  const props: Record<string, JsonValue> = {};
  for (const name in details) {
    if (name.startsWith('$') && !visitFields.has(name)) props[name] = details[name] ?? null;
  }
  return { id, presence, props, record };
}
