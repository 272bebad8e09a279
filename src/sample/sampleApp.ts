import { Conversations } from './conversations';
import { GeneratedLeads } from './generatedLeads';
import { LeadTable } from './leadTable';
import { type Filter, toFilter } from './matcher';
import { SiteVisits } from './siteVisits';
import {
  fromDateTime,
  idToJson,
  leadIdAt,
  leadPlaceOf,
  mergeProps,
  objectToJson,
  propsToJson,
  toDateTime,
  type PropsChange,
  type SampleLead,
  type SamplePresence,
  type SampleProps,
} from './sampleLead';

export interface SampleAppOptions {
  /** How many leads are generated; default 12,345. */
  readonly leads?: number;
  /** The same seed, count and clock give the same app; default 1. */
  readonly seed?: number;
  /** Milliseconds since 1970; default `Date.now`. Dates of the generated leads are relative to its value at construction. */
  readonly now?: () => number;
  /** The app's id; default `sample`. */
  readonly appId?: string;
}

export interface SampleQuery {
  /** The filters as parsed JSON or as JSON text (API.md, section 4); none for all leads. */
  readonly filters?: unknown;
  /** Default `$last_seen`; any other name is accepted (chosen, section 6). */
  readonly sortProp?: string;
  /** Default `desc`. */
  readonly sortOrder?: 'asc' | 'desc';
}

/** A lead that left the list. */
export interface GoneLead {
  /** As `removed` says it. */
  readonly date: string;
  /** What it was, when it was merged into another; none when it was wiped. */
  readonly lead?: SampleLead;
}

/** How many answers to queries and how many texts are kept until something changes. */
const keptSelections = 16;
const keptTexts = 20_000;

/** A generated app whose leads can be queried and changed while it runs. */
export class SampleApp {
  readonly appId: string;
  readonly now: () => number;
  readonly seed: number;
  /** When the app began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** What goes on on the app's site. */
  readonly site: SiteVisits;
  readonly conversations: Conversations;
  private readonly generated: GeneratedLeads;
  private readonly table: LeadTable;
  private readonly changed = new Map<number, SampleLead>();
  private readonly gone = new Map<number, GoneLead>();
  private readonly selections = new Map<string, Int32Array>();
  private readonly texts = new Map<string, string>();
  private places: number;

  constructor(options: SampleAppOptions = {}) {
    this.appId = options.appId ?? 'sample';
    this.now = options.now ?? Date.now;
    this.seed = options.seed ?? 1;
    this.startedAt = Math.floor(this.now() / 1000) * 1000;
    this.site = new SiteVisits(this.now);
    this.conversations = new Conversations(this.now, (id) => this.record(id));
    this.generated = new GeneratedLeads(this.seed, this.startedAt);
    this.places = options.leads ?? 12_345;
    this.table = new LeadTable(
      () => this.places,
      (place, properties) => this.propsAt(place, properties),
    );
  }

  /** How many leads there are now. */
  get count(): number {
    return this.places - this.gone.size;
  }

  /** Ids of all leads that match, in order. Throws `ApiError` (`ValidationError`) for broken filters. */
  query(query: SampleQuery = {}): string[] {
    return Array.from(this.select(query), leadIdAt);
  }

  /** One page of the leads that match, and how many match at all. Throws as `query` does. */
  page(query: SampleQuery, offset: number, limit: number): { total: number; leads: SampleLead[] } {
    const places = this.select(query);
    const leads = Array.from(places.subarray(offset, offset + limit)).flatMap((place) => this.leadAt(place) ?? []);
    return { total: places.length, leads };
  }

  /** A lead by id, `undefined` when there is none (any more). */
  record(id: string): SampleLead | undefined {
    const place = leadPlaceOf(id);
    return place === undefined ? undefined : this.leadAt(place);
  }

  /** What is known of a lead that was removed or merged. */
  goneLead(id: string): GoneLead | undefined {
    return this.gone.get(leadPlaceOf(id) ?? -1);
  }

  /** The lead exactly as the list endpoint sends it with `id_as_string=true`. */
  json(id: string): string | undefined {
    const lead = this.record(id);
    return (
      lead &&
      objectToJson({ id: idToJson(id, true), presence: `"${lead.presence}"`, props: this.propsJson(lead, true) })
    );
  }

  /** A lead's props as JSON text, kept until they change. */
  propsJson(lead: SampleLead, convertTypes: boolean): string {
    const key = convertTypes ? lead.id : `${lead.id} unconverted`;
    let text = this.texts.get(key);
    if (text === undefined) {
      text = propsToJson(lead.props, convertTypes);
      if (this.texts.size >= keptTexts) {
        this.texts.clear();
      }
      this.texts.set(key, text);
    }
    return text;
  }

  /** Adds a lead; gives its id. `$last_seen` is now unless given. */
  add(props: PropsChange = {}, presence: SamplePresence = 'offline'): string {
    const place = this.places++;
    const id = leadIdAt(place);
    this.put(place, { id, presence, props: mergeProps({ $last_seen: toDateTime(this.now()) }, props) });
    return id;
  }

  /** The lead with this User ID; undefined when there is none. */
  findByUserId(userId: string): SampleLead | undefined {
    return this.query({ filters: [{ type: 'str_eq', property_name: '$user_id', value: { value: userId } }] })
      .map((id) => this.record(id))
      .find((lead) => lead?.props.$user_id === userId);
  }

  /** What `GET /users/{id}` does with `by_user_id` and a User ID that nobody has: it creates a lead (API.md, section 5). */
  createByUserId(userId: string): SampleLead {
    return this.existing(this.add({ $user_id: userId }))[1];
  }

  /** Changes a lead's props and, if given, its presence. Throws `RangeError` for an unknown id (so do the following). */
  change(id: string, props: PropsChange, presence?: SamplePresence): void {
    const [place, lead] = this.existing(id);
    if (presence === 'offline') this.site.leave(id);
    this.put(place, { id, presence: presence ?? lead.presence, props: mergeProps(lead.props, props) });
  }

  /** Wipes a lead: it leaves the list, and reading it gives `LookupError`. */
  remove(id: string): void {
    const [place] = this.existing(id);
    this.takeAway(place, { date: toDateTime(this.now()) });
  }

  /** Merges a lead into another: it leaves the list, and reading it gives its record with a `removed` date. */
  merge(id: string, into: string): void {
    const [place, lead] = this.existing(id);
    this.change(
      into,
      Object.fromEntries(
        Object.entries(lead.props).filter(([name]) => !Object.hasOwn(this.existing(into)[1].props, name)),
      ),
    );
    this.takeAway(place, { date: toDateTime(this.now()), lead });
  }

  /**
   * The lead is online and was seen at `moment` (milliseconds since 1970; now unless said): it is the first of
   * `$last_seen` in descending order.
   */
  comeOnline(id: string, moment = this.now()): void {
    const [, lead] = this.existing(id);
    const [first] = this.page({}, 0, 1).leads;
    const newest = first?.props.$last_seen;
    const now = toDateTime(moment);
    const sessions = Number(lead.props.$sessions ?? 0) + 1;
    // Ties are ordered by id: a lead that is to stand first needs a later second than the one that stands there.
    const isBehind = typeof newest === 'string' && newest >= now;
    const seen = isBehind ? toDateTime(fromDateTime(newest) + (first?.id === id ? 0 : 1000)) : now;
    this.change(id, { $last_seen: seen, $sessions: sessions }, 'online');
  }

  /** The id of the lead that stands at this share (0 to 1) of all that ever were; none where that one is gone. */
  idAt(share: number): string | undefined {
    const place = Math.floor(share * this.places);
    return this.leadAt(place)?.id;
  }

  private existing(id: string): [place: number, lead: SampleLead] {
    const place = leadPlaceOf(id);
    const lead = place === undefined ? undefined : this.leadAt(place);
    if (place === undefined || !lead) {
      throw new RangeError(`The sample app has no lead ${id}.`);
    }
    return [place, lead];
  }

  private leadAt(place: number): SampleLead | undefined {
    if (place >= this.places || this.gone.has(place)) {
      return undefined;
    }
    return this.changed.get(place) ?? this.generated.at(place);
  }

  /** At least these properties of the lead at a place; none where it is gone. */
  private propsAt(place: number, properties: readonly string[]): SampleProps | undefined {
    if (place >= this.places || this.gone.has(place)) {
      return undefined;
    }
    return this.changed.get(place)?.props ?? this.generated.propsAt(place, properties);
  }

  /** Puts a lead in a place, from 0 to those that were added. */
  protected put(place: number, lead: SampleLead): void {
    this.changed.set(place, lead);
    this.forget(place);
  }

  private takeAway(place: number, gone: GoneLead): void {
    this.changed.delete(place);
    this.gone.set(place, gone);
    this.forget(place);
  }

  private forget(place: number): void {
    const id = leadIdAt(place);
    this.texts.delete(id);
    this.texts.delete(`${id} unconverted`);
    this.selections.clear();
    this.table.update(place);
  }

  /** Reads the filters of a query. */
  protected readFilter(filters: unknown): Filter {
    return toFilter(filters);
  }

  private select(query: SampleQuery): Int32Array {
    const { sortProp = '$last_seen', sortOrder = 'desc', filters } = query;
    // Dates are whole seconds, so within one second the answer to a date condition does not change.
    const second = Math.floor(this.now() / 1000);
    const filter = this.readFilter(filters);
    const text = filter.matchers.length === 0 ? '' : typeof filters === 'string' ? filters : JSON.stringify(filters);
    const key = JSON.stringify([sortOrder, sortProp, text, /days(less|more)/.test(text) && second]);
    let selection = this.selections.get(key);
    if (!selection) {
      selection = this.table.select(filter, sortProp, sortOrder, second * 1000);
      if (this.selections.size >= keptSelections) {
        this.selections.clear();
      }
      this.selections.set(key, selection);
    }
    return selection;
  }
}
