import * as l10n from '@vscode/l10n';
import { type Command, type Feature, type Parts, showLeadsView } from '../editor/commands';
import { askModally, showInformationMessage, showWarningMessage } from '../editor/window';
import type { KnownNames } from '../leads/knownNames';
import { plural } from '../language';
import { type Account, accountKey, isSampleAccount, sampleAccount, serviceTitle } from './account';
import type { AccountStore } from './accountStore';
import { askForApp, askForNewToken, type ConnectedApp, type TryToken } from './connectApp';
import { ConnectionDocument } from './connectionDocument';
import type { AccountSession, Connections } from './session';
import { chooseAccount } from './switchApp';

/** What stands behind the accounts: `openAccounts` of session.ts makes it. */
export interface Accounts {
  readonly store: AccountStore;
  readonly connections: Connections;
  readonly session: AccountSession;
}

/** Connecting apps, switching between them and leaving them. */
export function account(parts: Parts, accounts: Accounts) {
  const { store } = accounts;
  const connectionDocument = new ConnectionDocument(parts);
  const dialogs = new AccountDialogs(accounts, parts.names);
  const commands = {
    connectApp: () => dialogs.connectApp(),
    switchApp: () => dialogs.switchApp(),
    replaceToken: () => dialogs.replaceToken(),
    signOut: () => dialogs.signOut(store.active),
    openSampleApp: () => store.add(sampleAccount).then(() => showLeadsView()),
    checkConnection: () => connectionDocument.check(),
  } satisfies Record<string, Command>;
  const apps = {
    all: () => store.accounts.map((account) => ({ ...account, key: accountKey(account) })),
    /** Shows the leads of the app with this key, if it is connected; resolves when it is there, or cannot be. */
    open: async (key: string): Promise<void> => {
      const account = store.accounts.find((one) => accountKey(one) === key);
      if (account) await store.activate(account);
      await accounts.session.settled();
    },
  };
  return { commands, disposables: [connectionDocument], apps } satisfies Feature & Record<string, unknown>;
}

class AccountDialogs {
  private readonly store: AccountStore;

  constructor(
    private readonly accounts: Accounts,
    private readonly names: KnownNames,
  ) {
    this.store = accounts.store;
  }

  async connectApp(): Promise<void> {
    const connected = await askForApp(this.store.accounts, this.tryToken);
    if (connected) await this.keep(connected, l10n.t('Connected to {1}: {0} lead.|Connected to {1}: {0} leads.'));
  }

  async switchApp(): Promise<unknown> {
    const choice = await chooseAccount(this.store.accounts, this.store.active);
    switch (choice?.action) {
      case 'open':
        await this.store.activate(choice.account);
        return showLeadsView();
      case 'rename':
        return this.store.rename(choice.account, choice.name);
      case 'signOut':
        return this.signOut(choice.account);
      case 'connect':
        return this.connectApp();
      case 'openSample':
        await this.store.add(sampleAccount);
        return showLeadsView();
      case undefined:
        return undefined;
    }
  }

  async replaceToken(): Promise<void> {
    const account = this.store.active;
    if (!account) return this.connectApp();
    if (isSampleAccount(account)) {
      void showInformationMessage(l10n.t('The sample app needs no token.'));
      return;
    }
    const connected = await askForNewToken(account, this.tryToken);
    if (!connected) return;
    await this.keep(
      connected,
      l10n.t('The token of {1} is replaced: {0} lead.|The token of {1} is replaced: {0} leads.'),
    );
  }

  /** Asks first: the token may be nowhere else. */
  async signOut(account: Account | undefined): Promise<void> {
    if (!account) {
      void showInformationMessage(l10n.t('No app is connected.'));
      return;
    }
    if (!isSampleAccount(account)) {
      const chosen = await askModally(
        l10n.t('Sign out of {0} ({1})?', account.name, serviceTitle(account.address)),
        l10n.t(
          'Its token is deleted from this machine. To connect the app again you need the token from the admin panel.',
        ),
        l10n.t('Sign Out'),
      );
      if (chosen === undefined) return;
    }
    await this.store.remove(account);
    this.names.forget(accountKey(account));
  }

  private readonly tryToken: TryToken = (account, token, signal) =>
    this.accounts.connections.tryToken(account, token, signal);

  /** @param done what is said, with the forms for how many leads the app has; {1} is its name */
  private async keep({ account, token, leads }: ConnectedApp, done: string): Promise<void> {
    this.accounts.session.renew();
    const kept = await this.store.add(account, token);
    const sentence = plural(leads, done, account.name);
    const notStored = l10n.t(
      'VS Code could not store the token, so it is kept only until this window closes. The log says why.',
    );
    const show = l10n.t('Show Leads');
    const chosen =
      kept === 'stored' ? showInformationMessage(sentence, show) : showWarningMessage(`${sentence} ${notStored}`, show);
    void chosen.then((button) => (button ? showLeadsView() : undefined));
  }
}
