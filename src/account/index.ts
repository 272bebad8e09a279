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
    if (connected) await this.keep(connected, `Connected to ${connected.account.name}`);
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
      void showInformationMessage('The sample app needs no token.');
      return;
    }
    const connected = await askForNewToken(account, this.tryToken);
    if (connected) await this.keep(connected, `The token of ${account.name} is replaced`);
  }

  /** Asks first: the token may be nowhere else. */
  async signOut(account: Account | undefined): Promise<void> {
    if (!account) {
      void showInformationMessage('No app is connected.');
      return;
    }
    if (!isSampleAccount(account)) {
      const chosen = await askModally(
        `Sign out of ${account.name} (${serviceTitle(account.address)})?`,
        'Its token is deleted from this machine. To connect the app again you need the token from the admin panel.',
        'Sign Out',
      );
      if (chosen !== 'Sign Out') return;
    }
    await this.store.remove(account);
    this.names.forget(accountKey(account));
  }

  private readonly tryToken: TryToken = async (account, token, signal) => {
    const { client } = await this.accounts.connections.open(account, token);
    return client.countLeads(undefined, signal);
  };

  private async keep({ account, token, leads }: ConnectedApp, done: string): Promise<void> {
    this.accounts.session.renew();
    const kept = await this.store.add(account, token);
    const sentence = `${done}: ${plural(leads, l10n.t('{0} lead|{0} leads'))}.`;
    const chosen =
      kept === 'stored'
        ? showInformationMessage(sentence, 'Show Leads')
        : showWarningMessage(
            `${sentence} VS Code could not store the token, so it is kept only until this window closes. The log says why.`,
            'Show Leads',
          );
    void chosen.then((button) => (button ? showLeadsView() : undefined));
  }
}
