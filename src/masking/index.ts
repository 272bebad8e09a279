import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { type Command, commandId, type Feature, type Parts } from '../editor/commands';
import { setContextKey } from '../editor/contextKeys';
import { onDidChangeSetting, readSetting, writeSetting } from '../editor/settings';
import { Masking } from '../leads/masking';
import type { EventNames } from '../leads/properties';

const keyName = 'maskingKey';

/**
 * Makes the masking, as the setting has it.
 * @param memory keeps the key of the pseudonyms, so that a lead has the same one in every session
 * @param eventNames those of the app that is looked at, as far as they are known
 */
export function createMasking(memory: vscode.Memento, eventNames: () => EventNames): Masking {
  let key = memory.get(keyName);
  if (typeof key !== 'string') {
    key = crypto.randomUUID();
    void memory.update(keyName, key);
  }
  return new Masking(key as string, readSetting('maskContacts'), eventNames);
}

/** Keeps the masking in step with its setting, and its context key and the mark in the status bar with the masking. */
export function followMasking(masking: Masking): vscode.Disposable {
  const mark = vscode.window.createStatusBarItem('dashlyLeads.masking', vscode.StatusBarAlignment.Right, 100);
  mark.name = l10n.t('Dashly Leads: Masking');
  mark.text = `$(eye-closed) ${l10n.t('Contacts masked')}`;
  mark.tooltip = l10n.t(
    'Names, e-mail addresses, phone numbers and User IDs of leads are hidden. Select to show them.',
  );
  mark.accessibilityInformation = { label: l10n.t('Contacts of leads are masked. Select to show them.') };
  mark.command = commandId('toggleMasking');
  const show = (on: boolean): void => {
    setContextKey('masking', on);
    if (on) mark.show();
    else mark.hide();
  };
  show(masking.on);
  return vscode.Disposable.from(
    mark,
    masking.onDidChange(show),
    onDidChangeSetting('maskContacts', (on) => masking.set(on)),
  );
}

/** Masking contacts and showing them again; two of the commands are the view's icon. */
export function masking({ masking }: Pick<Parts, 'masking'>) {
  /** Masks at once, and then also when the setting cannot be written: somebody may be looking. */
  const set = async (on: boolean): Promise<void> => {
    masking.set(on);
    await writeSetting('maskContacts', on);
    // An earlier change of the setting may have been announced meanwhile, and have said otherwise.
    masking.set(on);
  };
  const commands = {
    toggleMasking: () => set(!masking.on),
    maskContacts: () => set(true),
    unmaskContacts: () => set(false),
  } satisfies Record<string, Command>;
  return { commands, disposables: [] } satisfies Feature;
}
