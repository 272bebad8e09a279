import * as vscode from 'vscode';

describe('The sample app in a web worker', () => {
  it('gives its leads as JSON', async () => {
    await vscode.commands.executeCommand('dashlyLeads.openSampleApp');
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
    const text = await firstLeadAsJson();
    const lead = JSON.parse(text) as { id?: unknown; props?: unknown };
    if (typeof lead.id !== 'string' || typeof lead.props !== 'object') throw new Error(`This is no lead: ${text}`);
  });
});

/** Selects the first row of the view and copies its lead to the clipboard, until there is one. */
async function firstLeadAsJson(): Promise<string> {
  await vscode.env.clipboard.writeText('');
  for (;;) {
    await vscode.commands.executeCommand('list.focusFirst');
    await vscode.commands.executeCommand('list.select');
    await vscode.commands.executeCommand('dashlyLeads.copyJson');
    const text = await vscode.env.clipboard.readText();
    if (text !== '') return text;
  }
}
