import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { accountKey, appName, isSampleAccount, serviceTitle, type Account } from './account';
import { back, inputStep, pickOrPress } from '../editor/steps';

/** What a person wants with their accounts. */
export type AccountChoice =
  | { readonly action: 'open' | 'signOut'; readonly account: Account }
  | { readonly action: 'rename'; readonly account: Account; readonly name: string }
  | { readonly action: 'connect' | 'openSample' };

type AccountItem = vscode.QuickPickItem & { readonly choice?: AccountChoice };

const renameButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: l10n.t('Rename') };
const signOutButton = { iconPath: new vscode.ThemeIcon('sign-out'), tooltip: l10n.t('Sign Out') };

/**
 * Lets the person choose an account, with buttons to rename it and to sign out of it, or a way to another one.
 * @returns undefined when the person left
 */
export async function chooseAccount(
  accounts: readonly Account[],
  active: Account | undefined,
): Promise<AccountChoice | undefined> {
  const chosen = await pick(accounts, active);
  if (chosen?.action !== 'rename') return chosen;
  const name = await askForName(chosen.account);
  return name === undefined ? undefined : { ...chosen, name };
}

async function pick(accounts: readonly Account[], active: Account | undefined): Promise<AccountChoice | undefined> {
  const items = accounts.map((account) => accountItem(account, active));
  const chosen = await pickOrPress<AccountItem>({
    title: l10n.t('Switch App'),
    placeholder: l10n.t('Which app’s leads do you want to see?'),
    ignoreFocusOut: false,
    items: [...items, ...otherItems(accounts)],
    active: items.find(({ choice }) => choice?.action === 'open' && choice.account === active),
  });
  if (chosen === undefined || chosen === back) return undefined;
  if (!('button' in chosen)) return chosen.choice;
  const { button, item } = chosen;
  if (item.choice?.action !== 'open') return undefined;
  const { account } = item.choice;
  return button === signOutButton ? { action: 'signOut', account } : { action: 'rename', account, name: account.name };
}

function accountItem(account: Account, active: Account | undefined): AccountItem {
  const isActive = active !== undefined && accountKey(active) === accountKey(account);
  return {
    label: account.name,
    description: [serviceTitle(account.address), account.app, isActive && l10n.t('shown now')]
      .filter(Boolean)
      .join(' · '),
    buttons: isSampleAccount(account) ? [signOutButton] : [renameButton, signOutButton],
    choice: { action: 'open', account },
  };
}

function otherItems(accounts: readonly Account[]): AccountItem[] {
  const items: AccountItem[] = [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: l10n.t('Connect an App…'), iconPath: new vscode.ThemeIcon('plug'), choice: { action: 'connect' } },
  ];
  if (!accounts.some(isSampleAccount))
    items.push({
      label: l10n.t('Open the Sample App'),
      iconPath: new vscode.ThemeIcon('beaker'),
      choice: { action: 'openSample' },
    });
  return items;
}

async function askForName(account: Account): Promise<string | undefined> {
  const name = await inputStep<string>({
    title: l10n.t('Rename {0}', account.name),
    prompt: l10n.t('The name the app has in this extension.'),
    value: account.name,
    problem: (text) => (appName(text) === '' ? l10n.t('Type a name.') : undefined),
    accept: appName,
  });
  return name === back ? undefined : name;
}
