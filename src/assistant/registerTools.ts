import * as vscode from 'vscode';

/** What the tools do, by their names. */
export interface AssistantTools {
  /** What is asked, and said, before a tool runs. @throws Error with a message for the model */
  prepare(tool: string, input: unknown): vscode.PreparedToolInvocation;
  /** @throws Error with a message for the model */
  run(
    tool: string,
    options: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
}

/**
 * Registers the language model tools of the manifest. VS Code must know them from the start; what is behind them can wait.
 * @param open gives what they do, when one is used
 */
export function registerTools(
  extension: vscode.Extension<unknown>,
  open: () => Promise<AssistantTools>,
): vscode.Disposable {
  const { contributes } = extension.packageJSON as { contributes: { languageModelTools: { name: string }[] } };
  const registered = contributes.languageModelTools.map(({ name }) =>
    vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: async ({ input }) => (await open()).prepare(name, input),
      invoke: async (options, token) => (await open()).run(name, options, token),
    }),
  );
  return vscode.Disposable.from(...registered);
}
