import type { DashlyClient } from '../dashly/client';
import type { Lead, LeadsQuery } from '../dashly/lead';
import { type Disposable, Emitter } from './event';
import { LeadList } from './leadList';

/** A lead somebody looked at, read by itself and so newer than the list it is in. */
export interface SeenLead {
  /** The account's key. */
  readonly account: string;
  /** In the form of a list's row (API.md, section 1: `id`, `presence`, `props`), so that the two compare. */
  readonly lead: Lead;
}

/**
 * The leads a command without arguments is about: those selected in the tree, shown in the focused card, or opened
 * from the search, whichever the person did last.
 */
export class LeadSelection implements Disposable {
  private readonly changed = new Emitter<readonly Lead[]>();
  private current: readonly Lead[] = [];

  readonly onDidChange = this.changed.event;

  get leads(): readonly Lead[] {
    return this.current;
  }

  /** Replaces the selection; fires unless it holds the same lead objects in the same order. */
  set(leads: readonly Lead[]): void {
    if (leads.length === this.current.length && leads.every((lead, index) => lead === this.current[index])) {
      return;
    }
    this.current = [...leads];
    this.changed.fire(this.current);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** An app one is connected to. */
export interface Connection {
  /** The app's name as people see it. */
  readonly name: string;
  readonly client: DashlyClient;
  readonly isSample: boolean;
  /**
   * Tells one account from another; holds no token. The same key means the same app at the same address, but where the app is
   * only known as the one that the token belongs to: see `isSameApp`.
   */
  readonly key: string;
  /**
   * Tells apps with the same key apart: where the app is only known as the one that the token belongs to, it is another
   * for another token. Nothing of the token can be read from it.
   * @param secret kept on this machine
   */
  fingerprint(secret: string): Promise<string>;
}

/**
 * Whether two connections are of the same app, so that what was read by one may stand beside what the other reads. Where an
 * app is known as the one that the token belongs to, another token is another app unless both say that it is the same.
 * @returns false too where one of them is none
 */
export function isSameApp(one: Connection | undefined, other: Connection | undefined): boolean {
  if (!one || one.key !== other?.key) return false;
  if (one.client === other.client) return true;
  const { appId } = one.client;
  return appId !== undefined && appId === other.client.appId;
}

/** The one owner of which app, which query and which list are looked at. */
export class CurrentLeads implements Disposable {
  private readonly listChanged = new Emitter<LeadList | undefined>();
  private readonly changed = new Emitter();
  private readonly stateChanged = new Emitter();
  private currentConnection: Connection | undefined;
  private currentQuery: LeadsQuery = {};
  private currentList: LeadList | undefined;
  private listSubscriptions: readonly Disposable[] = [];

  /** Another list took the place of the last one: another app, or another query. */
  readonly onDidChangeList = this.listChanged.event;
  /** The list's content changed, or another list took its place. */
  readonly onDidChange = this.changed.event;
  /** A reading of the list started or ended, or another list took its place. */
  readonly onDidChangeState = this.stateChanged.event;

  /**
   * @param pageSize leads a page, 1..50
   * @param queryOf what is looked at first in an app, by its key; all leads when left out
   */
  constructor(
    private currentPageSize: number,
    private readonly queryOf: (app: string) => LeadsQuery = () => ({}),
  ) {}

  get connection(): Connection | undefined {
    return this.currentConnection;
  }

  get query(): LeadsQuery {
    return this.currentQuery;
  }

  /** Undefined while no app is connected. */
  get list(): LeadList | undefined {
    return this.currentList;
  }

  get pageSize(): number {
    return this.currentPageSize;
  }

  /** Applies to the pages read from now on: what is loaded stays. */
  setPageSize(pageSize: number): void {
    this.currentPageSize = pageSize;
    if (this.currentList) {
      this.currentList.pageSize = pageSize;
    }
  }

  /**
   * Looks at another app, at none, or at the same one by another client (a replaced token): the list starts anew, for another
   * app with that app's query. With the same client under another name it stays.
   */
  setConnection(connection: Connection | undefined): void {
    if (connection === this.currentConnection) {
      return;
    }
    const isRenamed = connection !== undefined && connection.client === this.currentConnection?.client;
    if (connection && connection.key !== this.currentConnection?.key) this.currentQuery = this.queryOf(connection.key);
    this.currentConnection = connection;
    if (isRenamed) this.changed.fire();
    else this.startList();
  }

  /** Looks at other leads of the app, or at the same in another order: the list starts anew. */
  setQuery(query: LeadsQuery): void {
    if (query === this.currentQuery) {
      return;
    }
    this.currentQuery = query;
    this.startList();
  }

  /** The loaded lead with this id. */
  find(id: string): Lead | undefined {
    return this.currentList?.get(id);
  }

  dispose(): void {
    this.dropList();
    this.listChanged.dispose();
    this.changed.dispose();
    this.stateChanged.dispose();
  }

  private startList(): void {
    this.dropList();
    const connection = this.currentConnection;
    const list = connection && new LeadList(connection.client, this.currentQuery, this.currentPageSize);
    this.currentList = list;
    this.listSubscriptions = list
      ? [list.onDidChange(() => this.changed.fire()), list.onDidChangeState(() => this.stateChanged.fire())]
      : [];
    this.listChanged.fire(list);
    if (this.currentList === list) {
      this.stateChanged.fire();
      this.changed.fire();
    }
  }

  private dropList(): void {
    for (const subscription of this.listSubscriptions) subscription.dispose();
    this.currentList?.dispose();
  }
}
