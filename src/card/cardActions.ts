import * as vscode from 'vscode';
import { stringifyJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { confirmRealData } from '../editor/realData';
import { leadElement } from '../leads/leadElement';
import type { Masking } from '../leads/masking';
import { openAddress } from './addressDialog';
import type { RealValue } from './cardFacts';
import { copiedText } from './cardValue';
import type { CardCommand } from './protocol';

/** What the buttons of a card do. They are given keys of facts; a key that is not on the card does nothing. */
export class CardActions {
  /** @param find the real value behind a key */
  constructor(
    private readonly masking: Masking,
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
    await vscode.commands.executeCommand('dashlyLeads.findByValue', { property: real.name, value: real.value });
  }

  /** Shows the whole address, then opens it if that is still wanted. */
  async openLink(key: string): Promise<void> {
    const real = this.find(key);
    if (typeof real?.value !== 'string') return;
    await openAddress(real.value, this.masking);
  }

  /** Runs a command about the whole lead. */
  runCommand(command: CardCommand, lead: Lead): void {
    void vscode.commands.executeCommand(`dashlyLeads.${command}`, leadElement(lead));
  }

  private async copy(text: string): Promise<boolean> {
    if (!(await confirmRealData(this.masking, 'The copied value'))) return false;
    await vscode.env.clipboard.writeText(text);
    return true;
  }
}
