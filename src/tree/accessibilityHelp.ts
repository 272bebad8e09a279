import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';

const scheme = 'dashly-leads-help';

/**
 * The command *Open Accessibility Help*: a read-only text; VS Code wraps the lines of Markdown. Its own dialog takes the help of
 * a view from built-in extensions only: `accessibilityHelpContent` is a proposed contribution, still in 1.139.
 */
export class AccessibilityHelp implements vscode.Disposable {
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => `${paragraphs().join('\n\n')}\n`,
  });

  async open(): Promise<void> {
    const path = `/${l10n.t('Accessibility Help of Dashly Leads')}.md`;
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme, path }));
  }

  dispose(): void {
    this.registered.dispose();
  }
}

/** What a screen reader does not tell by itself. Keys are those of VS Code and of our manifest, as they are by default. */
function paragraphs(): string[] {
  return [
    l10n.t(
      'Dashly Leads has two lists in the side bar, “Leads” and “Online Now”, and shows a lead as a card in an editor. All of it works by keyboard. Every command stands in the command palette (F1): type “Dashly Leads”. Escape leaves a question, Ctrl+W (Cmd+W on macOS) closes this text.',
    ),
    l10n.t(
      'The lists: “Focus on Leads View” and “Focus on Online Now View” in the command palette go there. Up and Down go from row to row, and while a card is in sight it follows them; Enter opens the card, or does what a row says, such as “Load more”. A row is read as name, presence, and what matters in the order of the list. Shift+F10 opens the menu of a row, Ctrl+C (Cmd+C) copies its lead as JSON.',
    ),
    l10n.t(
      'Finding: “Search Leads…” searches as you type; Up and Down show who was found as a card, Enter opens it, and Escape brings back the card from before. “Filter…” asks step by step and says how many leads match; “Switch View…” offers filters with their counts.',
    ),
    l10n.t(
      'The card: its heading is the name. Tab goes on to two toolbars, for the lead and for the contacts, in which Left and Right choose, to the tabs Properties, Events, Conversations and More, and into the tab. Properties are a table: the arrow keys go from cell to cell, Enter goes to the buttons of a row, Escape goes back. New events that are followed, and new messages of an open conversation, are announced. F6 leaves the card for the next part of the window.',
    ),
    l10n.t(
      'Reading at your own pace: “Open Lead JSON” gives a lead as a text, “Compare Lead With Earlier State” what has changed on it, “Check Connection…” why leads cannot be read. What is read again by itself can be slowed down or switched off in the settings: “Open Settings”.',
    ),
  ];
}
