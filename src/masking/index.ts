import * as vscode from 'vscode';
import { registerCommand } from '../editor/commands';
import { setContextKey } from '../editor/contextKeys';
import type { Log } from '../editor/errors';
import { onDidChangeSetting, readSetting, writeSetting } from '../editor/settings';
import { Disposables } from '../leads/event';
import { Masking } from '../leads/masking';

const keyName = 'maskingKey';

/**
 * Makes the masking, as the setting has it.
 * @param memory keeps the key of the pseudonyms, so that a lead has the same one in every session
 */
export function createMasking(memory: vscode.Memento): Masking {
  let key = memory.get(keyName);
  if (typeof key !== 'string') {
    key = crypto.randomUUID();
    void memory.update(keyName, key);
  }
  return new Masking(key as string, readSetting('maskContacts'));
}

/** What switches masking on and off: the setting, three commands (two of them are the view's icon), the mark in the status bar. */
export class MaskingControls implements vscode.Disposable {
  private readonly parts = new Disposables();

  constructor(
    private readonly masking: Masking,
    log: Log,
  ) {
    const mark = this.parts.add(
      vscode.window.createStatusBarItem('dashlyLeads.masking', vscode.StatusBarAlignment.Right, 100),
    );
    mark.name = 'Dashly Leads: Masking';
    mark.text = '$(eye-closed) Contacts masked';
    mark.tooltip = 'Names, e-mail addresses, phone numbers and User IDs of leads are hidden. Select to show them.';
    mark.accessibilityInformation = { label: 'Contacts of leads are masked. Select to show them.' };
    mark.command = 'dashlyLeads.toggleMasking';
    const show = (on: boolean): void => {
      setContextKey('masking', on);
      if (on) mark.show();
      else mark.hide();
    };
    show(masking.on);
    this.parts.add(masking.onDidChange(show));
    this.parts.add(onDidChangeSetting('maskContacts', (on) => masking.set(on)));
    this.parts.add(registerCommand(log, 'toggleMasking', () => this.set(!masking.on)));
    this.parts.add(registerCommand(log, 'maskContacts', () => this.set(true)));
    this.parts.add(registerCommand(log, 'unmaskContacts', () => this.set(false)));
  }

  dispose(): void {
    this.parts.dispose();
  }

  /** Masks at once, and then also when the setting cannot be written: somebody may be looking. */
  private async set(on: boolean): Promise<void> {
    this.masking.set(on);
    await writeSetting('maskContacts', on);
  }
}
