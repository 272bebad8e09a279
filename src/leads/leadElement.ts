import type { Lead } from '../dashly/lead';
import type { LeadSelection } from './currentLeads';

/** What stands for one lead in the tree and in the arguments of a command. */
export interface LeadElement {
  readonly kind: 'lead';
  readonly lead: Lead;
}

/** The element that stands for a lead. */
export function leadElement(lead: Lead): LeadElement {
  return { kind: 'lead', lead };
}

/** Whether a command's argument is a lead's element: arguments come from anywhere, key bindings of users included. */
export function isLeadElement(argument: unknown): argument is LeadElement {
  if (typeof argument !== 'object' || argument === null) {
    return false;
  }
  const { kind, lead } = argument as { kind?: unknown; lead?: unknown };
  if (kind !== 'lead' || typeof lead !== 'object' || lead === null) {
    return false;
  }
  const { id, props, record } = lead as Record<keyof Lead, unknown>;
  return (
    typeof id === 'string' &&
    typeof props === 'object' &&
    props !== null &&
    typeof record === 'object' &&
    record !== null
  );
}

/**
 * The leads a command is about.
 *
 * VS Code calls a command of a tree's context menu with the element it was opened on and, when several rows are
 * selected, with all selected elements as the second argument. Called from the palette or by a key there is no
 * argument at all: then the selection answers.
 *
 * @returns the leads, each once, in the order given; empty when there is nothing to be about
 */
export function leadsFromArguments(args: readonly unknown[], selection: LeadSelection): Lead[] {
  const [first, second] = args;
  const several = [second, first].find((argument) => Array.isArray(argument) && argument.some(isLeadElement));
  if (Array.isArray(several)) {
    return uniqueLeads(several.filter(isLeadElement).map((element) => element.lead));
  }
  return isLeadElement(first) ? [first.lead] : uniqueLeads(selection.leads);
}

/** Each lead once, where it stands first; of records with the same id the last. */
export function uniqueLeads(leads: readonly Lead[]): Lead[] {
  return [...new Map(leads.map((lead) => [lead.id, lead])).values()];
}
