import type { DashlyClient } from '../dashly/client';
import { decodeId } from '../dashly/decode';
import type { Lead } from '../dashly/lead';
import type { LeadConversations } from '../dashly/leadDetails';

/** The conversations of a lead on the site and in the mobile app. */
export interface AllConversations extends LeadConversations {
  /** Whether those of the mobile app could not be read. */
  readonly isWithoutMobile: boolean;
}

/** Seeing both takes two requests (API.md, section 5). Those of the mobile app, which few have, cost only themselves. */
export async function readConversations(
  source: Pick<DashlyClient, 'getLeadConversations'>,
  id: Lead['id'],
  signal: AbortSignal,
): Promise<AllConversations> {
  const [web, mobile] = await Promise.allSettled(
    [false, true].map((isMobile) => source.getLeadConversations(id, { isMobile }, signal)),
  );
  if (web?.status !== 'fulfilled') throw web?.reason;
  if (mobile?.status !== 'fulfilled') return { ...web.value, isWithoutMobile: true };
  const known = new Set(web.value.conversations.map((conversation) => decodeId(conversation.id)));
  const others = mobile.value.conversations.filter((conversation) => !known.has(decodeId(conversation.id)));
  return {
    conversations: [...web.value.conversations, ...others],
    more: web.value.more || mobile.value.more,
    skipped: [...web.value.skipped, ...mobile.value.skipped],
    isWithoutMobile: false,
  };
}
