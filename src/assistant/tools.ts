import type { DashlyClient } from '../dashly/client';
import type { TypedFilters } from '../dashly/conditions';
import { DashlyError, errorDetail, HumanError } from '../dashly/errors';
import { describeFilters } from '../dashly/filterJson';
import type { JsonObject } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { uniqueLeads } from '../leads/leadElement';
import type { Masking } from '../leads/masking';
import { rowProperties } from '../leads/properties';
import { singleLine } from '../leads/text';
import { type Answer, counted, Cutter } from './answer';
import { InputError, type ToolInput } from './input';
import { leadRow, readLeadData } from './leadData';
import { inputNotes } from './notes';
import { contactQuestion, doing, leadQuestion, type Question, searchQuestion } from './questions';

/** Finds leads by a text, as the search does. */
export type FindLeads = (
  client: DashlyClient,
  text: string,
  filters: TypedFilters | undefined,
  signal: AbortSignal,
) => Promise<{
  readonly leads: readonly Lead[];
  readonly total: number | undefined;
  readonly removed: ReadonlySet<string>;
  readonly remarks: readonly string[];
}>;

/** Says what properties leads have, without a person's data. */
export type SummarizeProperties = (
  client: DashlyClient,
  signal: AbortSignal,
) => Promise<{
  readonly leads: number;
  readonly total: number;
  readonly properties: readonly JsonObject[];
  readonly hidden: number;
}>;

/** What a tool works with. */
export interface ToolContext {
  readonly client: DashlyClient;
  /** Masks what the model gets. */
  readonly given: Masking;
  readonly signal: AbortSignal;
  /** Names of properties that the app is known to have besides the documented ones. */
  readonly ownProperties: ReadonlySet<string>;
  readonly findLeads: FindLeads;
  readonly summarizeProperties: SummarizeProperties;
  /** Shows in the editor the leads that satisfy filters. */
  readonly showLeads: (filters: TypedFilters) => Promise<void>;
  /** Shows one lead in the editor. */
  readonly showLead: (id: string) => Promise<void>;
}

/** A tool for language models. */
export interface Tool {
  /** The setting that turns it on. */
  readonly setting: `assistant.${'count' | 'describeProperties' | 'search' | 'get' | 'show'}`;
  /** What is said while it runs. */
  readonly doing: string;
  /** What is asked before it runs; undefined where nothing is given that could be a person's. */
  readonly question: (input: ToolInput, shown: Masking) => Question | undefined;
  readonly run: (input: ToolInput, context: ToolContext) => Promise<Answer>;
}

const defaultLimit = 10;
const defaultParts = ['properties'];

/** The longest text of a value, in characters: among those of many leads, and of one lead. */
const inRows = { text: 300, items: 20 };
const inLead = { text: 1_000, items: 50 };

/** The tools by their names, as the manifest has them. */
export const tools: Readonly<Record<string, Tool>> = {
  dashly_leads_count: {
    setting: 'assistant.count',
    doing: doing.count,
    question: ({ filters }, shown) => contactQuestion(filters, shown),
    run: async ({ filters, ...input }, { client, signal, ownProperties }) => {
      const count = await client.countLeads(filters, signal);
      return {
        head: [`${counted(count, 'lead matches', 'leads match')}: ${filterWords(filters)}.`],
        notes: inputNotes({ filters, ...input }, ownProperties),
      };
    },
  },
  dashly_leads_describe_properties: {
    setting: 'assistant.describeProperties',
    doing: doing.describeProperties,
    question: () => undefined,
    run: async (_, { client, signal, summarizeProperties }) => {
      const { leads, total, properties, hidden } = await summarizeProperties(client, signal);
      const of =
        leads >= total
          ? `all ${counted(leads, 'lead')}`
          : `a sample of ${leads.toLocaleString('en')} of ${counted(total, 'lead')}`;
      return {
        head: [
          `What properties ${of} of the app have, one a line: its name for filters and fields, its types, how many of these leads have it, values that several of them share, and about where numbers and dates begin and end.`,
        ],
        data: properties,
        notes:
          hidden > 0
            ? [
                `${counted(hidden, 'property', 'properties')} more cannot be named, because there is a contact in the name.`,
              ]
            : [],
      };
    },
  },
  dashly_leads_search: {
    setting: 'assistant.search',
    doing: doing.search,
    question: ({ limit = defaultLimit, fields = rowProperties, ...input }, shown) =>
      searchQuestion({ ...input, limit, fields }, shown),
    run: (input, context) => search(input, context),
  },
  dashly_leads_get: {
    setting: 'assistant.get',
    doing: doing.get,
    question: ({ id = '', parts = defaultParts }) => leadQuestion(id, parts),
    run: async ({ id = '', parts = defaultParts }, { client, given, signal }) => {
      const cutter = new Cutter(inLead);
      const { lines, notes } = await readLeadData(client, id, new Set(parts), { given, cutter, signal });
      return {
        head: ['One lead, a part of it a line. Times are in UTC.', contactsSentence(given)],
        data: lines,
        notes: [...cutNotes(cutter), ...notes],
      };
    },
  },
  dashly_leads_show: {
    setting: 'assistant.show',
    doing: doing.show,
    question: ({ filters }, shown) => contactQuestion(filters, shown),
    run: async ({ id, filters }, { client, signal, ownProperties, showLead, showLeads }) => {
      if ((id === undefined) === (filters === undefined))
        throw new InputError('dashly_leads_show', ['It takes either “filters” or “id”.']);
      if (id !== undefined) {
        await showLead(id);
        return { head: ['1 lead is shown: its card is open in the editor.'] };
      }
      const count = await client.countLeads(filters, signal);
      if (filters) await showLeads(filters);
      return {
        head: [`${counted(count, 'lead is', 'leads are')} shown in the view Leads: ${filterWords(filters)}.`],
        notes: inputNotes({ filters }, ownProperties),
      };
    },
  },
};

async function search(
  { text, filters, limit = defaultLimit, fields = rowProperties }: ToolInput,
  { client, given, signal, ownProperties, findLeads }: ToolContext,
): Promise<Answer> {
  const found =
    text === undefined
      ? { ...(await client.listLeads({ filters, offset: 0, limit }, signal)), removed: new Set<string>(), remarks: [] }
      : await findLeads(client, text, filters, signal);
  // A service may send a row twice.
  const leads = uniqueLeads(found.leads).slice(0, limit);
  const cutter = new Cutter(inRows);
  const data = leads.map((lead) => ({
    ...leadRow(lead, fields, given, cutter),
    ...(found.removed.has(lead.id) && { removed: true }),
  }));
  const { total } = found;
  const count =
    total === undefined
      ? `${counted(leads.length, 'lead')}, there may be more`
      : `${leads.length} of ${counted(total, 'lead')}`;
  const notes = [...found.remarks, ...inputNotes({ filters, fields }, ownProperties)];
  const words = filterWords(filters);
  if (leads.length === 0) return { head: [`No lead is found: ${words}.`], notes };
  const order = text === undefined ? ', those last seen first' : '';
  return {
    head: [`${count}${order}: ${words}. A lead a line; a field that is not set is left out.`, contactsSentence(given)],
    data,
    notes: [...cutNotes(cutter), ...notes],
  };
}

/** Filters in the words of the model that has written them, as they were read. */
function filterWords(filters: TypedFilters | undefined): string {
  return filters && filters.filters.length > 0
    ? `where ${singleLine(describeFilters(filters), 1_000)}`
    : 'all leads of the app';
}

/** Whether the contacts in an answer are real ones. */
function contactsSentence(given: Masking): string {
  return given.on
    ? 'Names, e-mail addresses, phone numbers and User IDs are replaced by pseudonyms: they cannot be searched for. The person can allow real ones by the command “Dashly Leads: Real Contacts for Assistants…”.'
    : 'Contacts are real: use them only as the person has asked for.';
}

function cutNotes({ count }: Cutter): string[] {
  return count > 0 ? [`${counted(count, 'long value was', 'long values were')} cut; each says so where it ends.`] : [];
}

/**
 * An error as a model gets it: in our own words, because those of the service may hold a contact or an instruction, and with
 * what is to be done about it.
 */
export function toolError(tool: string, error: unknown, masked: Masking): HumanError {
  if (error instanceof InputError) return error;
  const advice = error instanceof DashlyError ? adviceOn(error) : '';
  return new HumanError(`${tool}: ${masked.errorSentence(error)}${advice}`, errorDetail(error));
}

function adviceOn({ kind, again, view }: DashlyError): string {
  if (kind === 'notFound') return ' The tool dashly_leads_search gives ids.';
  if (again !== 'never') return ' The tool may be called again later.';
  return view === 'other' ? '' : ' Calling the tool again does not help: tell the person.';
}
