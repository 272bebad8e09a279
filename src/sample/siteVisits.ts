import {
  type EventProps,
  type EventSummary,
  eventSummaries,
  eventTypes,
  type LeadEvent,
  leadEvents,
} from './leadHistory';
import type { SampleLead, SampleProps } from './sampleLead';

/** What somebody looks at who is on the site. */
export interface Visit {
  /** The title of the page. */
  readonly page: string;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
  /** When the page was opened, in milliseconds since 1970. */
  readonly at: number;
  /** How many pages were opened in this visit. */
  readonly pages: number;
}

/** The ids of visitors lie far behind those of leads, so that no lead gets one. */
const firstVisitorId = 1_900_000_000_000_000_000n;
const visitorStep = 7919n;

/** The most events of somebody that are kept, the latest: the sample app may be open for days. */
const mostEvents = 1000;

/**
 * What goes on on the site of a sample app beside its leads' properties: who is there without being a lead, which page
 * each one looks at, and which events come in. Moments are in milliseconds since 1970.
 */
export class SiteVisits {
  /** Whether all visitors are sent at once, as version 1 did: the other choice (API.md, section 6). */
  inOnePiece = false;
  private readonly anonymous = new Map<string, SampleLead>();
  private readonly visits = new Map<string, Visit>();
  private readonly tracked = new Map<string, LeadEvent[]>();
  private came = 0;
  private trackedEvents = 0;

  constructor(private readonly now: () => number) {}

  /** The ids of those who are there without being a lead. */
  get visitorIds(): string[] {
    return [...this.anonymous.keys()];
  }

  /** Somebody who is there without being a lead; undefined for every other id. */
  visitor(id: string): SampleLead | undefined {
    return this.anonymous.get(id);
  }

  /** What a visitor or a lead looks at; undefined where that was never said. */
  visit(id: string): Visit | undefined {
    return this.visits.get(id);
  }

  /** Somebody comes to the site whom nothing makes a lead. @returns the visitor's id */
  come(page: string, moment = this.now(), props: SampleProps = { $country: 'Germany', $city: 'Berlin' }): string {
    const id = String(firstVisitorId + BigInt(this.came++) * visitorStep);
    this.anonymous.set(id, { id, presence: 'online', props });
    this.open(id, page, moment);
    return id;
  }

  /** A visitor, or a lead who is there, goes on to a page. */
  open(id: string, page: string, moment = this.now()): void {
    const before = this.visits.get(id);
    this.visits.set(id, { page, since: before?.since ?? moment, at: moment, pages: (before?.pages ?? 0) + 1 });
  }

  /** The visit ends; a visitor who is no lead is gone. */
  leave(id: string): void {
    this.visits.delete(id);
    if (this.anonymous.delete(id)) this.tracked.delete(id);
  }

  /** An event comes in of a visitor or a lead. */
  track(id: string, name: string, props: EventProps = {}, moment = this.now()): void {
    const type = eventTypes.find((each) => each.name === name) ?? {
      id: 3000 + hash(name),
      name,
      score: 1,
      visible: true,
    };
    const created = moment / 1000;
    // Behind those of `leadEvents` that have the same second, and rising.
    const eventId = 1_500_000_000_050_000_000n + BigInt(Math.floor(created)) * 100_000n + BigInt(this.trackedEvents++);
    const before = (this.tracked.get(id) ?? []).slice(0, mostEvents - 1);
    this.tracked.set(id, [{ id: String(eventId), created, type, props }, ...before]);
  }

  /** All events of a lead or visitor, newest first. */
  events(lead: SampleLead): LeadEvent[] {
    return [...(this.tracked.get(lead.id) ?? []), ...leadEvents(lead)];
  }

  /** The events of a lead or visitor by type. */
  summaries(lead: SampleLead): EventSummary[] {
    const summaries = new Map(eventSummaries(lead).map((one) => [one.type.id, one]));
    for (const { type, created } of [...(this.tracked.get(lead.id) ?? [])].reverse()) {
      const { first = created, count = 0 } = summaries.get(type.id) ?? {};
      summaries.set(type.id, { type, first, last: created, count: count + 1 });
    }
    return [...summaries.values()];
  }
}

/** A number from 0 to 999,999 that is the same for the same text. */
function hash(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index)) % 1_000_000;
  return sum;
}
