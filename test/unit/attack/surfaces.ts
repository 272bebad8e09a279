import type { ToolInput } from '../../../src/assistant/input';
import { toolError, tools } from '../../../src/assistant/tools';
import { LeadRequests } from '../../../src/card/leadRequests';
import type { RequestState } from '../../../src/card/repeatedRequest';
import type { DashlyClient } from '../../../src/dashly/client';
import { isJsonObject } from '../../../src/dashly/json';
import { CurrentLeads } from '../../../src/leads/currentLeads';
import { LeadList } from '../../../src/leads/leadList';
import { Masking } from '../../../src/leads/masking';
import { LeadSearch } from '../../../src/search/leadSearch';
import { contextOf } from '../assistant/testTools';

type RequestMethod = {
  [Name in keyof DashlyClient]: DashlyClient[Name] extends (...given: never[]) => Promise<unknown> ? Name : never;
}[keyof DashlyClient];

type Ask = (client: DashlyClient, id: string, signal: AbortSignal) => Promise<unknown>;

/** Every request the client makes. A new one joins all attacks by one line here; without it this does not compile. */
export const requests: Readonly<Record<RequestMethod, Ask>> = {
  listLeads: (client, _, signal) => client.listLeads({ offset: 0, limit: 50 }, signal),
  countLeads: (client, _, signal) => client.countLeads(undefined, signal),
  listActiveUsers: (client, _, signal) => client.listActiveUsers({ limit: 50 }, signal),
  getLead: (client, id, signal) => client.getLead(id, signal),
  getLeadEvents: (client, id, signal) => client.getLeadEvents(id, { limit: 50 }, signal),
  getLeadConversations: (client, id, signal) => client.getLeadConversations(id, { isMobile: false }, signal),
  getConversationParts: (client, id, signal) => client.getConversationParts(id, { limit: 50 }, signal),
  findByUserId: (client, id, signal) => client.findByUserId(id, signal),
  getConversationLead: (client, id, signal) => client.getConversationLead(id, signal),
};

/** Something a person looks at that reads from the service, as a test sees it. */
export interface Surface {
  /** Reads what will go wrong. Never rejects. */
  readonly read: () => Promise<unknown>;
  /** Does again what failed. Never rejects. */
  readonly retry: () => Promise<unknown>;
  /** What is shown. */
  readonly rows: () => readonly string[];
  readonly isReading: () => boolean;
  readonly error: () => unknown;
  readonly dispose: () => void;
}

/** Opens a surface and reads what was there before anything goes wrong. */
type OpenSurface = (client: DashlyClient, id: string) => Promise<Surface>;

const leadIds = (list: LeadList): string[] => list.leads.map((lead) => lead.id);

const listSurface =
  (read: (list: LeadList) => Promise<unknown>, pagesBefore: number): OpenSurface =>
  async (client) => {
    const list = new LeadList(client, {}, 50);
    for (let page = 0; page < pagesBefore; page++) await list.loadMore();
    return {
      read: () => read(list),
      retry: () => list.retry(),
      rows: () => leadIds(list),
      isReading: () => list.state === 'reading',
      error: () => list.error,
      dispose: () => list.dispose(),
    };
  };

const cardSurface =
  (
    read: (card: LeadRequests) => Promise<unknown>,
    part: (card: LeadRequests) => RequestState<unknown> | undefined,
  ): OpenSurface =>
  async (client, id) => {
    const card = new LeadRequests(id, () => client);
    await read(card);
    return {
      read: () => read(card),
      retry: () => read(card),
      rows: () => (part(card)?.value === undefined ? [] : [id]),
      isReading: () => part(card)?.state === 'reading',
      error: () => part(card)?.error,
      dispose: () => card.dispose(),
    };
  };

/** A tool that a language model calls: what comes is the answer's, and nothing is kept. */
const toolSurface =
  (name: string, input: (id: string) => ToolInput): OpenSurface =>
  (client, id) => {
    let rows: readonly string[] = [];
    let error: unknown;
    let reading = false;
    const read = async (): Promise<void> => {
      reading = true;
      rows = [];
      error = undefined;
      try {
        const { data = [] } = await tools[name]!.run(input(id), contextOf(client));
        rows = data.flatMap((line) => (isJsonObject(line) && typeof line.id === 'string' ? [line.id] : []));
      } catch (reason) {
        error = toolError(name, reason, new Masking('key', true));
      }
      reading = false;
    };
    return Promise.resolve({
      read,
      retry: read,
      rows: () => rows,
      isReading: () => reading,
      error: () => error,
      dispose: () => undefined,
    });
  };

/** Resolves when the search has asked the service, however that went. */
function settled(search: LeadSearch): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (search.state === 'waiting' || search.state === 'reading') return;
      subscription.dispose();
      resolve();
    };
    const subscription = search.onDidChange(look);
    look();
  });
}

/** What is open in a window: what a fault must never empty, and never leave reading. */
export const surfaces: Readonly<Record<string, OpenSurface>> = {
  'the first page': listSurface((list) => list.loadMore(), 0),
  'the next page': listSurface((list) => list.loadMore(), 1),
  'all pages': listSurface((list) => list.loadAll(new AbortController().signal), 1),
  'a refresh': listSurface((list) => list.refresh(), 2),
  'a card': cardSurface(
    (card) => card.details.read(),
    (card) => card.details.state,
  ),
  'the conversations of a card': cardSurface(
    (card) => card.conversations.read(),
    (card) => card.conversations.state,
  ),
  'the events of a card': (client, id) => {
    const card = new LeadRequests(id, () => client);
    return Promise.resolve({
      read: () => card.readHistory(),
      retry: () => card.readHistory(),
      rows: () => (card.history?.value?.items ?? []).map((event) => `event ${event.id}`),
      isReading: () => card.history?.state === 'reading',
      error: () => card.history?.error,
      dispose: () => card.dispose(),
    });
  },
  'more results of a search': async (client) => {
    const current = new CurrentLeads(50);
    current.setConnection({
      name: 'Attacked',
      client,
      isSample: false,
      key: 'attacked',
      fingerprint: () => Promise.resolve(''),
    });
    const search = new LeadSearch(current);
    search.setText('example');
    await settled(search);
    return {
      read: () => {
        search.loadMore();
        return settled(search);
      },
      retry: () => {
        search.retry();
        return settled(search);
      },
      rows: () => search.hits.map(({ lead }) => lead.id),
      isReading: () => search.state === 'waiting' || search.state === 'reading',
      error: () => search.error,
      dispose: () => {
        search.dispose();
        current.dispose();
      },
    };
  },
  'an answer to how many': toolSurface('dashly_leads_count', () => ({})),
  'an answer about properties': toolSurface('dashly_leads_describe_properties', () => ({})),
  'an answer with the last leads': toolSurface('dashly_leads_search', () => ({ limit: 20 })),
  'an answer with found leads': toolSurface('dashly_leads_search', () => ({ text: 'example', limit: 20 })),
  'an answer with one lead': toolSurface('dashly_leads_get', (id) => ({
    id,
    parts: ['properties', 'events', 'conversations', 'tags', 'segments', 'notes'],
  })),
};

/** A request by itself: what comes is not kept, so there is nothing to lose. */
export const requestSurface =
  (ask: Ask): OpenSurface =>
  (client, id) => {
    let error: unknown;
    let reading = false;
    const read = async (): Promise<void> => {
      reading = true;
      error = undefined;
      await ask(client, id, new AbortController().signal).catch((reason: unknown) => (error = reason));
      reading = false;
    };
    return Promise.resolve({
      read,
      retry: read,
      rows: () => [],
      isReading: () => reading,
      error: () => error,
      dispose: () => undefined,
    });
  };
