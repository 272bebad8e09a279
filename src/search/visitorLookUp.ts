import * as l10n from '@vscode/l10n';
import { DashlyError } from '../dashly/errors';
import type { Lead } from '../dashly/lead';
import { type FieldMatch, idMatch } from './searchFields';
import type { VisitorKey } from './recognized';

/** The service, as far as visitors are looked up there; each rejects when there is no such thing. */
export interface VisitorService {
  /** That of the connected app; undefined where it is not known. */
  readonly appId: string | undefined;
  getLead(id: string, signal: AbortSignal): Promise<{ readonly lead: Lead; readonly removed?: string }>;
  /** The lead's id; undefined where the answer does not tell it. */
  getConversationLead(id: string, signal: AbortSignal): Promise<string | undefined>;
  findByUserId(userId: string, signal: AbortSignal): Promise<string | undefined>;
}

/** What looking somebody up gave: a lead, or why there is none; nothing of both when the service knows nobody. */
export interface LookedUp {
  readonly lead?: Lead;
  readonly match?: FieldMatch;
  /** Whether it was merged into another lead, or wiped. */
  readonly isRemoved?: boolean;
  /** Why it could not be looked up: to be asked again. */
  readonly error?: unknown;
  /** Why it is not looked up, in a sentence: asking again would be in vain. */
  readonly remark?: string;
}

/** Looks up one visitor. Never rejects. The service answers 400 `LookupError` where there is none (API.md, section 3). */
export async function lookUpVisitor(client: VisitorService, key: VisitorKey, signal: AbortSignal): Promise<LookedUp> {
  try {
    if (key.by === 'conversation' && client.appId !== undefined && key.app !== client.appId) {
      return {
        remark: l10n.t('The link is one of another app ({0}): switch to that app, then paste it again.', key.app),
      };
    }
    const id = await leadIdOf(client, key, signal);
    if (id === undefined) return {};
    const { lead, removed } = await client.getLead(id, signal);
    const match =
      key.by === 'userId' ? { property: '$user_id', title: l10n.t('User ID'), value: key.userId } : idMatch(lead);
    return { lead, match, isRemoved: removed !== undefined };
  } catch (error) {
    const kind = error instanceof DashlyError ? error.kind : undefined;
    if (kind === 'notFound') return {};
    // A token may have the right to read leads and none to this (API.md, section 2): everything else goes on.
    if (kind === 'forbidden' && key.by !== 'id') return { remark: noRight[key.by] };
    // The service's own idea of what a User ID looks like.
    if (key.by === 'userId' && (kind === 'validation' || kind === 'badRequest')) return {};
    return { error };
  }
}

const noRight = {
  conversation: l10n.t('The token does not give the right to read this conversation, or it is one of another app.'),
  userId: l10n.t('The token does not give the right to look up a User ID.'),
} as const;

async function leadIdOf(client: VisitorService, key: VisitorKey, signal: AbortSignal): Promise<string | undefined> {
  switch (key.by) {
    case 'id':
      return key.id;
    case 'conversation':
      return client.getConversationLead(key.id, signal);
    case 'userId':
      return client.findByUserId(key.userId, signal);
  }
}
