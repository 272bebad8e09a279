import * as l10n from '@vscode/l10n';
import { type CursorPage, decodeCursorPage } from './cursorPage';
import { decodeId, decodeNumber, decodeText, decodeUser } from './decode';
import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** A part of a conversation: what was said, or a step of work (API.md, section 7). */
export interface ConversationPart {
  readonly id: string;
  /** One of those of API.md, or whatever else the service sent; empty when it sent nothing. */
  readonly type: string;
  /** Unix seconds. */
  readonly created?: number;
  /** May be HTML. */
  readonly body: string;
  /** Which way it came; empty where that is not known. */
  readonly sentVia: string;
  /** The visitor's id or another text, or an object about somebody else. */
  readonly from: JsonValue;
  /** Undefined where the service does not say. */
  readonly isRead?: boolean;
  readonly isEdited: boolean;
  readonly isRemoved: boolean;
  readonly attachments: readonly JsonObject[];
  /** The item as the service sent it. */
  readonly record: JsonObject;
}

/**
 * Decodes an answer of `GET /conversations/{id}/parts`.
 * @returns undefined when it has another shape
 */
export function decodePartsPage(data: JsonValue, meta: JsonObject): CursorPage<ConversationPart> | undefined {
  return decodeCursorPage(data, meta, (place) => l10n.t('Message {0} has no id and is left out.', place), decodePart);
}

function decodePart(record: JsonObject): ConversationPart | undefined {
  const id = decodeId(record.id);
  if (id === undefined) return undefined;
  const { attachments, attachment, read } = record;
  const files = Array.isArray(attachments) ? attachments : [attachments ?? attachment ?? null];
  return {
    id,
    type: decodeText(record.type) ?? '',
    created: decodeNumber(record.created),
    body: decodeText(record.body) ?? '',
    sentVia: decodeText(record.sent_via) ?? '',
    from: record.from ?? null,
    isRead: typeof read === 'boolean' ? read : undefined,
    isEdited: isSaid(record.edited),
    isRemoved: isSaid(record.removed),
    attachments: files.filter(isJsonObject),
    record,
  };
}

/** Whether a moment is told, or a yes. */
function isSaid(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

/**
 * Decodes `data` of `GET /conversations/{id}`: whom it is with, as an id or as a User object.
 * @returns undefined when it has another shape
 */
export function decodeConversationLead(data: JsonValue): { readonly lead: string | undefined } | undefined {
  return isJsonObject(data) ? { lead: decodeUser(data.user) } : undefined;
}
