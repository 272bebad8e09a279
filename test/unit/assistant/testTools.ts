import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, answerText } from '../../../src/assistant/answer';
import { type InputSchema, readInput } from '../../../src/assistant/input';
import { type ToolContext, tools } from '../../../src/assistant/tools';
import type { TypedFilters } from '../../../src/dashly/conditions';
import { DashlyClient } from '../../../src/dashly/client';
import { parseJson } from '../../../src/dashly/jsonReader';
import { isJsonObject, type JsonObject } from '../../../src/dashly/json';
import { summarizeProperties } from '../../../src/explore/propertySummary';
import { Masking } from '../../../src/leads/masking';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { findLeads } from '../../../src/search/findLeads';
import { TestApi } from '../../service/testApi';
import type { TestApp } from '../../service/testApp';

/** A tool as the manifest has it. */
interface ContributedTool {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly modelDescription: string;
  readonly userDescription: string;
  readonly canBeReferencedInPrompt: boolean;
  readonly when: string;
  readonly inputSchema: InputSchema & JsonObject;
}

export interface ToolManifest {
  readonly contributes: {
    readonly languageModelTools: readonly ContributedTool[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { type: string; default: unknown; scope?: string }>>;
    };
  };
}

export const manifestFile = join(__dirname, '../../../package.json');

export function readManifest(): ToolManifest {
  return JSON.parse(readFileSync(manifestFile, 'utf8')) as ToolManifest;
}

const contributed = readManifest().contributes.languageModelTools;

/** The schema of a tool's input, as the manifest has it. */
export function schemaOf(name: string): InputSchema {
  const tool = contributed.find((one) => one.name === name);
  assert.ok(tool, name);
  return tool.inputSchema;
}

/** What tools are run with here: without VS Code. */
export interface TestTools {
  readonly api: TestApi;
  readonly client: DashlyClient;
  /** What was shown in the editor: filters, or a lead's id. */
  readonly shown: (TypedFilters | string)[];
  /** Runs a tool with an input as a model gives it. */
  run(name: string, input: unknown, options?: Partial<ToolContext>): Promise<Answer>;
}

export function contextOf(client: DashlyClient, shown: TestTools['shown'] = []): ToolContext {
  const masked = new Masking('key', true);
  return {
    client,
    given: masked,
    signal: new AbortController().signal,
    ownProperties: new Set(),
    findLeads,
    summarizeProperties: (source, signal) => summarizeProperties(source, { known: [], masked, signal }),
    showLeads: (filters) => Promise.resolve(void shown.push(filters)),
    showLead: (id) => Promise.resolve(void shown.push(id)),
  };
}

export function testTools(app: TestApp): TestTools {
  const api = new TestApi(app);
  const client = new DashlyClient({
    address: sampleAddress,
    adapter: sampleAdapter(api),
    app: '$self_app',
    token: api.token,
  });
  const shown: TestTools['shown'] = [];
  return {
    api,
    client,
    shown,
    run: async (name, input, options) =>
      tools[name]!.run(readInput(name, schemaOf(name), input), { ...contextOf(client, shown), ...options }),
  };
}

/** The data of an answer, line by line, as a model reads it. */
export function dataOf(answer: Answer): JsonObject[] {
  const lines = answerText(answer, { mark: 'm' }).split('\n');
  const [from, to] = [lines.indexOf('<data m>'), lines.indexOf('</data m>')];
  assert.ok(from >= 0 && to > from, 'there is data');
  return lines.slice(from + 1, to).map((line) => parseJson(line) as JsonObject);
}

/** The properties in a row of a search. */
export function propsOf(row: JsonObject | undefined): JsonObject {
  assert.ok(isJsonObject(row?.props));
  return row.props;
}

/** A text in a line of data. */
export function textAt(line: JsonObject | undefined, name: string): string {
  const value = line?.[name];
  assert.ok(typeof value === 'string', name);
  return value;
}

/** All that a model reads. */
export function textOf(answer: Answer): string {
  return answerText(answer, { mark: 'm' });
}
