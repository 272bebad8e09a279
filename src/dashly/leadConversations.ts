import type { JsonObject } from './json';

/** The conversations of a lead, in the order of the service (section 5 of the API document), each as it was sent. */
export interface LeadConversations {
  readonly conversations: readonly JsonObject[];
  /** Whether the service says that there are more than it sent. */
  readonly more: boolean;
  /** One sentence for each item that could not be read and was left out. */
  readonly skipped: readonly string[];
}
