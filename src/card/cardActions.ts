import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { stringifyJson } from '../dashly/jsonWriter';
import type { Lead } from '../dashly/lead';
import type { Segment } from '../dashly/segment';
import { leadElement } from '../leads/leadElement';
import type { Masking } from '../leads/masking';
import { copiedText, linkQuestion, type RealValue, webAddress } from './facts';
import type { CardCommand } from './protocol';
import { runCommand } from '../editor/commands';
import { askModally, confirmRealData, showWarningMessage } from '../editor/window';

/** Opens an address a stranger may have written: only http and https, and only after the whole address was seen. */
async function openAddress(text: string, masking: Masking, lead: Lead): Promise<void> {
  const url = webAddress(text);
  if (!url) {
    void showWarningMessage(l10n.t('This is not an http or https address, so it is not opened.'));
    return;
  }
  const open = l10n.t('Open Link');
  const { question, address } = linkQuestion(text, url, masking, lead);
  if ((await askModally(question, address, open)) !== open) return;
  // As a Uri the address would be written anew and could change; VS Code takes a string as it is (its issue 85930).
  await vscode.env.openExternal(url.href as unknown as vscode.Uri);
}

/** What the buttons of a card do. They are given keys of facts; a key that is not on the card does nothing. */
export class CardActions {
  /**
   * @param lead whose card it is
   * @param find the real value behind a key
   */
  constructor(
    private readonly masking: Masking,
    private readonly lead: () => Lead,
    private readonly find: (key: string) => RealValue | undefined,
  ) {}

  /** @returns whether the value is in the clipboard now */
  async copyValue(key: string): Promise<boolean> {
    const real = this.find(key);
    return real !== undefined && this.copy(copiedText(real.value));
  }

  /** Copies `"name": value`, fit to be pasted into JSON. @returns whether it is in the clipboard now */
  async copyAssignment(key: string): Promise<boolean> {
    const real = this.find(key);
    return real !== undefined && this.copy(`${JSON.stringify(real.name)}: ${stringifyJson(real.value)}`);
  }

  /** Shows the leads that have the same value in the tree. */
  async findByValue(key: string): Promise<void> {
    const real = this.find(key);
    if (!real?.isProperty) return;
    await runCommand('findByValue', { property: real.name, value: real.value });
  }

  /** Shows the leads of a segment in the tree. */
  showSegment(segment: Segment | undefined): void {
    if (segment) void runCommand('showSegment', segment);
  }

  /** Shows the whole address, then opens it if that is still wanted. */
  async openLink(key: string): Promise<void> {
    const real = this.find(key);
    if (typeof real?.value !== 'string') return;
    await openAddress(real.value, this.masking, this.lead());
  }

  /** Runs a command about the whole lead. */
  runCommand(command: CardCommand, lead: Lead): void {
    void runCommand(command, leadElement(lead));
  }

  /** Shows a conversation as a text document. */
  openTranscript(lead: Lead, conversation: string): void {
    void runCommand('openConversation', leadElement(lead), conversation);
  }

  /** Shows a conversation in the service's admin panel. */
  openInPanel(lead: Lead, conversation: string): void {
    void runCommand('openConversationInPanel', leadElement(lead), conversation);
  }

  /** Asks for a new token of the app; the cards read again with it. */
  replaceToken(): void {
    void runCommand('replaceToken');
  }

  private async copy(text: string): Promise<boolean> {
    if (!(await confirmRealData(this.masking, l10n.t('The copied value')))) return false;
    await vscode.env.clipboard.writeText(text);
    return true;
  }
}
