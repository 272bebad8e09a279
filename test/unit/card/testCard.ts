import { makeCard, type Card } from '../../../src/card/card';
import type { ConversationReading } from '../../../src/card/conversationReading';
import type { AllConversations } from '../../../src/leads/allConversations';
import type { EventHistory } from '../../../src/card/leadRequests';
import type { RequestState } from '../../../src/card/repeatedRequest';
import { ExactNumber, type JsonObject } from '../../../src/dashly/json';
import type { Lead } from '../../../src/dashly/lead';
import { decodeLeadDetails, type LeadDetails } from '../../../src/dashly/leadDetails';
import { Masking } from '../../../src/leads/masking';
import type { EventNames } from '../../../src/leads/properties';

export const props: Lead['props'] = {
  $name: 'Ada Lovelace',
  $email: 'ada@example.com',
  $user_id: 'ada-1815',
  $sessions: 4,
  $event_18_first: '2014-06-15T22:14:08',
  $event_18_last: '2014-06-23T07:50:46',
  $event_18_count: 4,
  order_id: new ExactNumber('1448121617782670209'),
  about: 'Writes to ada@example.com',
};
export const lead: Lead = {
  id: '3568',
  presence: 'offline',
  props,
  record: { id: '3568', presence: 'offline', props: { ...props } },
};

export function details(more: JsonObject = {}): LeadDetails {
  return decodeLeadDetails(
    {
      id: lead.id,
      presence: 'online',
      props: { ...props, $sessions: 5 },
      events: [{ event_type: { id: '18', name: 'Paid' }, first: 1402870448, last: 1403509846, count: 5 }],
      segments: [{ id: '1', name: 'Paying', filters: '{}' }],
      tags: ['vip', { id: '2', colour: 'red' }],
      notes: [{ id: '3', author: { id: '9', name: 'Maks' }, body: 'Call ada@example.com', created: 1403509846 }],
      email_status: { status: 'confirmed', updated: '2020-01-01T00:00:00+00:00' },
      presence_details: {
        $current_page_title: 'Pricing',
        $current_page_url: 'https://example.com/',
        $active_since: 1403509846,
      },
      ...more,
    },
    lead.id,
  )!;
}

const reading = { state: 'reading', failures: 0 } as const;
export const read = <T>(value: T): RequestState<T> => ({ state: 'read', value, at: 1, tried: 1, failures: 0 });
export const failed = <T>(error: Error, last?: T): RequestState<T> => ({
  state: 'failed',
  error,
  failures: 1,
  tried: 9,
  ...(last && { value: last, at: 7 }),
});

export interface Given {
  readonly details?: RequestState<LeadDetails>;
  readonly conversations?: RequestState<AllConversations>;
  readonly conversation?: Pick<ConversationReading, 'id' | 'state'>;
  readonly history?: EventHistory;
  readonly lead?: Lead;
  /** What the app is known to have. */
  readonly names?: EventNames;
}

export function card(given: Given = {}, masked = false): Card {
  return makeCard({
    lead: given.lead ?? lead,
    requests: { details: given.details ?? reading, conversations: given.conversations ?? reading },
    history: given.history,
    conversation: given.conversation,
    masking: new Masking('key', masked, () => given.names ?? new Map()),
    pinned: false,
    sentence: (error) => (error as Error).message,
  });
}

export const property = ({ content }: Card, name: string) =>
  content.groups.flatMap(({ properties }) => properties).find((each) => each.name === name);
