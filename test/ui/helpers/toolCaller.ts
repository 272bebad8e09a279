import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../../vscode/condition';
import { writeExtension } from '../../vscode/development';
import type { Workbench } from '../../vscode/workbench';

const title = 'Call';
const category = 'Tool Caller';

const manifest = {
  publisher: 'test',
  name: 'tool-caller',
  contributes: { commands: [{ command: 'toolCaller.call', title, category }] },
};

/** Calls the tool that stands in the clipboard, and puts there what has come of it. */
const main = `
const { commands, env, lm } = require('vscode');
exports.activate = () => commands.registerCommand('toolCaller.call', async () => {
  const { name, input } = JSON.parse(await env.clipboard.readText());
  const ended = await lm.invokeTool(name, { input, toolInvocationToken: undefined }).then(
    ({ content }) => ({ text: content.map(({ value }) => value).join('\\n') }),
    (error) => ({ error: String(error) }),
  );
  await env.clipboard.writeText(JSON.stringify(ended));
});
`;

/** What has come of calling a tool. */
export interface Called {
  /** What a model would read. */
  readonly text?: string;
  readonly error?: string;
}

/**
 * Another extension, that calls language model tools as a chat does with a model: without a model, which cannot be had here.
 * Its folder is given to `openWorkbench` as `development`.
 */
export class ToolCaller {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ToolCaller> {
    const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-tool-caller-'));
    await writeExtension(folder, manifest, main);
    return new ToolCaller(folder);
  }

  /** Calls a tool. @returns as soon as it is under way: what comes of it `ended` tells */
  async call(workbench: Workbench, name: string, input: object): Promise<void> {
    await workbench.setClipboard(JSON.stringify({ name, input }));
    await workbench.runCommand(`${category}: ${title}`);
  }

  /** Waits until the call has ended. */
  async ended(workbench: Workbench): Promise<Called> {
    const { result } = await waitUntil('the tool has ended', async () => {
      const result = JSON.parse(await workbench.clipboard()) as Called;
      return ('text' in result || 'error' in result) && { result };
    });
    return result;
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
