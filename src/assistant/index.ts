import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { TypedFilters } from '../dashly/conditions';
import { HumanError } from '../dashly/errors';
import { type Command, type Feature, type Parts, runCommand, showLeadsView } from '../editor/commands';
import { isCancelled, logError } from '../editor/errors';
import { readSetting } from '../editor/settings';
import { plainMarkdown } from '../editor/window';
import { type Connection, isSameApp } from '../leads/currentLeads';
import { leadElement } from '../leads/leadElement';
import { seenProperties } from '../leads/seenProperties';
import { singleLine } from '../leads/text';
import { Agreements, type Conditions } from './agreements';
import { answerText } from './answer';
import { ContactPermission } from './contactPermission';
import { type InputSchema, readInput, type ToolInput } from './input';
import type { AssistantTools } from './registerTools';
import { type FindLeads, type SummarizeProperties, type Tool, type ToolContext, toolError, tools } from './tools';

/** What other features do for the tools. */
interface Sources {
  readonly findLeads: FindLeads;
  readonly summarizeProperties: SummarizeProperties;
}

/** The language model tools: what an assistant in the editor may ask of the app that is looked at. */
export function assistant(parts: Parts, sources: Sources) {
  const contacts = new ContactPermission(parts);
  const running = new RunningTools(parts, sources, contacts);
  const commands = { assistantContacts: () => contacts.ask() } satisfies Record<string, Command>;
  return { commands, disposables: [contacts], tools: running } satisfies Feature & { readonly tools: AssistantTools };
}

/** A call of a tool that may be run. */
interface Call {
  readonly tool: Tool;
  readonly input: ToolInput;
  readonly connection: Connection;
}

/** Runs the tools: for the app that is looked at, and only those that are on. */
class RunningTools implements AssistantTools {
  private readonly agreements = new Agreements();
  /** As the manifest has them. */
  private readonly schemas: ReadonlyMap<string, InputSchema>;

  constructor(
    private readonly parts: Parts,
    private readonly sources: Sources,
    private readonly contacts: ContactPermission,
  ) {
    const { contributes } = parts.context.extension.packageJSON as {
      contributes: { languageModelTools: { name: string; inputSchema: InputSchema }[] };
    };
    this.schemas = new Map(contributes.languageModelTools.map(({ name, inputSchema }) => [name, inputSchema]));
  }

  prepare(name: string, given: unknown): vscode.PreparedToolInvocation {
    try {
      const { tool, input, connection } = this.call(name, given);
      this.agreements.ask(name, given, this.conditions(connection));
      const question = tool.question(input, this.parts.masking);
      if (!question) return { invocationMessage: tool.doing };
      const contacts = this.contacts.masking.on
        ? l10n.t('Contacts: pseudonyms in their place')
        : l10n.t('Contacts: real names, e-mail addresses, phone numbers and User IDs, as you have allowed');
      const lines = [
        l10n.t('App: {0}', singleLine(connection.name, 80)),
        ...question.lines,
        ...(question.givesLeads ? [contacts] : []),
      ];
      const confirmationMessages = { title: question.title, message: plainMarkdown(lines) };
      return { invocationMessage: tool.doing, confirmationMessages };
    } catch (error) {
      throw this.failed(name, error);
    }
  }

  async run(
    name: string,
    { input: given, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const ending = new AbortController();
    const cancelling = token.onCancellationRequested(() => ending.abort());
    if (token.isCancellationRequested) ending.abort();
    try {
      const { tool, input, connection } = this.call(name, given);
      this.agreements.use(name, given, this.conditions(connection));
      const answer = await tool.run(input, this.context(connection, ending.signal));
      const mark = crypto.randomUUID().slice(0, 8);
      const text = answerText(answer, { mark, tokens: tokenizationOptions?.tokenBudget });
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    } catch (error) {
      throw ending.signal.aborted ? new vscode.CancellationError() : this.failed(name, error);
    } finally {
      cancelling.dispose();
    }
  }

  private conditions(connection: Connection): Conditions {
    return { connection, isMasked: this.contacts.masking.on };
  }

  /** @throws HumanError with a message for the model, when the tool must not be run */
  private call(name: string, given: unknown): Call {
    const [tool, schema, { connection }] = [tools[name], this.schemas.get(name), this.parts.current];
    if (!tool || !schema) throw new TypeError(`There is no tool ${name}.`);
    // VS Code offers only those that are on, but runs the others, too.
    if (!readSetting(tool.setting))
      throw new HumanError(
        `This tool is off. The person can turn it on by the setting dashlyLeads.${tool.setting}: ask them, and do not call it again before.`,
      );
    if (!connection)
      throw new HumanError(
        'No app is connected. The person can connect one by the command “Dashly Leads: Connect an App…”.',
      );
    return { tool, input: readInput(name, schema, given), connection };
  }

  private context(connection: Connection, signal: AbortSignal): ToolContext {
    const { current, names } = this.parts;
    const { client } = connection;
    /** What is shown in the editor is the app's that is looked at by now. */
    const checkApp = (): void => {
      signal.throwIfAborted();
      if (!isSameApp(current.connection, connection))
        throw new HumanError('The app was switched meanwhile: call the tool again.');
    };
    return {
      ...this.sources,
      client,
      signal,
      given: this.contacts.masking,
      ownProperties: new Set([
        ...names.properties,
        ...seenProperties(current.list?.leads ?? []).map(({ name }) => name),
      ]),
      showLeads: async (filters: TypedFilters) => {
        checkApp();
        const { sortProp, sortOrder } = current.query;
        current.setQuery({ filters: filters.filters.length > 0 ? filters : undefined, sortProp, sortOrder });
        await showLeadsView({ preserveFocus: true });
      },
      showLead: async (id: string) => {
        const lead = current.find(id) ?? (await client.getLead(id, signal)).lead;
        checkApp();
        await runCommand('openCard', leadElement(lead), { preserveFocus: true });
      },
    };
  }

  /** The error that the model gets. */
  private failed(name: string, error: unknown): Error {
    if (isCancelled(error)) return new vscode.CancellationError();
    logError(error, this.parts.log);
    return toolError(name, error, this.parts.masking.alwaysOn());
  }
}
