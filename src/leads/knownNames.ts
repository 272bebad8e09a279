import { holdsContactForm } from './contactForms';
import type { Connection, CurrentLeads, SeenLead } from './currentLeads';
import { type Disposable, Disposables, Emitter, type Event } from './event';
import type { Lead } from '../dashly/lead';
import { readSegmentFilters, type Segment } from '../dashly/segment';
import { Masking } from './masking';
import { documentedKind, type EventNames, eventProperty } from './properties';
import { holdsContacts } from './queryWords';

/** Where names are kept: VS Code's storage of this machine. */
export interface NameMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Names that somebody has read. */
export interface LearntNames {
  /** Event types by id and name; those without a name are passed over. */
  readonly events?: Iterable<{ readonly id: string; readonly name: string }>;
  readonly properties?: Iterable<string>;
  /** A segment that is known already takes the place of the one with its id. */
  readonly segments?: Iterable<Segment>;
}

/** The most names of a kind that are kept of an app, the latest; and the longest that is, in UTF-16 units. */
const mostNames = 500;
const longestName = 255;
/** The longest filters of a segment that are kept, in UTF-16 units: some hundred conditions. */
const longestFilters = 20_000;

// eslint-disable-next-line no-restricted-syntax -- a key of the storage
const entryOf = (account: string): string => `names of ${account}`;

/**
 * What the app that is looked at is known to have: no request tells it (API.md, section 7), so it is learnt from the leads
 * and events that were seen. Kept from session to session, per app: names, and of segments their filters; nothing that
 * holds a contact.
 */
export class KnownNames implements Disposable {
  private readonly changed = new Emitter();
  private readonly owned = new Disposables();
  private connection: Connection | undefined;
  /** Undefined until what is kept of the app is read. */
  private app: string | undefined;
  private eventNames = new Map<string, string>();
  private propertyNames = new Set<string>();
  private knownSegments = new Map<string, Segment>();
  private looked = new WeakSet<Lead>();
  private waiting: LearntNames[] = [];

  /** Another app is looked at, or a name was learnt. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: NameMemory) {}

  /** Names of event types by their ids. */
  get events(): EventNames {
    return this.eventNames;
  }

  /** Names of properties that the documentation does not know; those of events are not among them. */
  get properties(): ReadonlySet<string> {
    return this.propertyNames;
  }

  /** Segments as they were last seen, the one that was learnt first first. */
  get segments(): readonly Segment[] {
    return [...this.knownSegments.values()];
  }

  /**
   * From now on follows which app is looked at, and learns from the leads that are loaded.
   * @param onDidSee leads that were read by themselves
   * @param fingerprint tells apps with the same key apart (`Connection.fingerprint`)
   */
  follow(
    current: CurrentLeads,
    onDidSee: Event<SeenLead>,
    fingerprint: (connection: Connection) => Promise<string>,
  ): void {
    const look = (): void => void this.look(current.connection, fingerprint);
    this.owned.add(current.onDidChangeList(look));
    this.owned.add(
      current.onDidChangeState(() => {
        if (current.list && current.list.state !== 'reading') this.learnFrom(current.list.leads);
      }),
    );
    this.owned.add(onDidSee(({ account, lead }) => this.learn(account, { properties: Object.keys(lead.props) })));
    look();
    this.learnFrom(current.list?.leads ?? []);
  }

  /** @param account the key of the app it was read in; what another one than the one that is looked at has is passed over */
  learn(account: string, names: LearntNames): void {
    if (account !== this.connection?.key) return;
    if (this.app === undefined) this.waiting.push(names);
    else if (this.take(names)) this.keep();
  }

  /** Forgets what an app has, here and in the storage. */
  forget(account: string): void {
    void this.memory.update(entryOf(account), undefined);
    if (account === this.connection?.key) this.clear();
  }

  dispose(): void {
    this.owned.dispose();
    this.changed.dispose();
  }

  private clear(): void {
    this.app = undefined;
    this.connection = undefined;
    this.eventNames = new Map();
    this.propertyNames = new Set();
    this.knownSegments = new Map();
    this.looked = new WeakSet();
    this.waiting = [];
    this.changed.fire();
  }

  private async look(
    connection: Connection | undefined,
    fingerprint: (connection: Connection) => Promise<string>,
  ): Promise<void> {
    if (connection === this.connection) return;
    if (connection?.client === this.connection?.client && connection?.key === this.connection?.key) {
      this.connection = connection;
      return;
    }
    this.clear();
    this.connection = connection;
    if (!connection) return;
    // Where that cannot be told, what is kept is not taken for this app's.
    const app = await fingerprint(connection).catch(() => crypto.randomUUID());
    if (this.connection?.client !== connection.client) return;
    this.app = app;
    this.take(storedNames(this.memory.get(entryOf(connection.key)), app));
    if (this.waiting.splice(0).filter((names) => this.take(names)).length > 0) this.keep();
    else this.changed.fire();
  }

  private learnFrom(leads: readonly Lead[]): void {
    const properties = new Set<string>();
    for (const lead of leads) {
      if (this.looked.has(lead)) continue;
      this.looked.add(lead);
      for (const name of Object.keys(lead.props)) if (!this.propertyNames.has(name)) properties.add(name);
    }
    if (this.connection && properties.size > 0) this.learn(this.connection.key, { properties });
  }

  /** @returns whether anything is new */
  private take({ events = [], properties = [], segments = [] }: LearntNames): boolean {
    let isNew = false;
    for (const { id, name } of events) {
      if (!/^\d{1,20}$/.test(id) || name === '' || name.length > longestName) continue;
      if (this.eventNames.get(id) === name) continue;
      this.eventNames.set(id, name);
      isNew = true;
    }
    for (const name of properties) {
      const isOther = documentedKind(name) === undefined && eventProperty(name) === undefined;
      if (!isOther || name.length > longestName || this.propertyNames.has(name)) continue;
      this.propertyNames.add(name);
      isNew = true;
    }
    for (const segment of segments) {
      const { id, name, filters = '' } = segment;
      const known = this.knownSegments.get(id);
      if (id === '' || id.length > longestName || name.length > longestName || filters.length > longestFilters)
        continue;
      if (known?.name === name && known.filters === segment.filters) continue;
      this.knownSegments.set(id, segment);
      isNew = true;
    }
    for (const names of [this.eventNames, this.propertyNames, this.knownSegments])
      for (const oldest of names.keys()) {
        if (names.size <= mostNames) break;
        names.delete(oldest);
      }
    return isNew;
  }

  private keep(): void {
    const { connection, app } = this;
    const masking = new Masking('', true);
    const events = [...this.eventNames].filter(([, name]) => !holdsContactForm(name));
    if (connection)
      void this.memory.update(entryOf(connection.key), {
        app,
        events,
        properties: [...this.propertyNames].filter((name) => !holdsContactForm(name)),
        segments: this.segments
          .filter((segment) => !holdsContactForm(segment.name) && isWithoutContacts(segment, masking))
          .map(({ id, name, filters }) => [id, name, filters]),
      });
    this.changed.fire();
  }
}

/** Whether a segment may be on the disk. What its filters hold is known only where all of them are understood. */
function isWithoutContacts(segment: Segment, masking: Masking): boolean {
  const read = readSegmentFilters(segment);
  return read?.unknown.length === 0 && !holdsContacts(read.filters, masking);
}

/** Reads what was kept; none when it is of another app, or no such record. */
function storedNames(stored: unknown, app: string): LearntNames {
  if (typeof stored !== 'object' || stored === null || !('app' in stored) || stored.app !== app) return {};
  const list = (name: string): readonly unknown[] => {
    const value = (stored as Readonly<Record<string, unknown>>)[name];
    return Array.isArray(value) ? value : [];
  };
  return {
    events: list('events').flatMap((event) =>
      Array.isArray(event) && typeof event[0] === 'string' && typeof event[1] === 'string'
        ? [{ id: event[0], name: event[1] }]
        : [],
    ),
    properties: list('properties').filter((name) => typeof name === 'string'),
    segments: list('segments').flatMap((segment) => {
      const [id, name, filters] = Array.isArray(segment) ? (segment as readonly unknown[]) : [];
      const isSegment = typeof id === 'string' && typeof name === 'string' && typeof filters === 'string';
      return isSegment ? [{ id, name, filters }] : [];
    }),
  };
}
