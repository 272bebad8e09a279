import * as vscode from 'vscode';
import { registerCommand } from '../editor/commands';
import type { Log } from '../editor/errors';
import { LazyRoom } from '../editor/lazyRoom';
import type { CurrentLeads } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import { type Account, isSampleAccount, sampleAccount, serviceTitle } from './account';
import { type AccountStore, openAccountStore } from './accountStore';
import type { ConnectedApp, TryToken } from './connectApp';
import { AccountSession, Connections } from './session';
import { askModally, showInformationMessage, showWarningMessage } from '../editor/window';

/** The commands that connect apps, switch between them and leave them. What asks for something is read when it is needed. */
export class AccountCommands implements vscode.Disposable {
  private readonly parts = new Disposables();

  constructor(
    private readonly store: AccountStore,
    private readonly connections: Connections,
    private readonly session: AccountSession,
    log: Log,
  ) {
    const commands: Record<string, () => unknown> = {
      connectApp: () => this.connectApp(),
      switchApp: () => this.switchApp(),
      replaceToken: () => this.replaceToken(),
      signOut: () => this.signOut(store.active),
      openSampleApp: () => store.add(sampleAccount).then(showLeads),
    };
    for (const [name, run] of Object.entries(commands)) this.parts.add(registerCommand(log, name, run));
  }

  dispose(): void {
    this.parts.dispose();
  }

  private async connectApp(): Promise<void> {
    const { askForApp } = await import('./connectApp');
    const connected = await askForApp(this.store.accounts, this.tryToken);
    if (connected) await this.keep(connected, `Connected to ${connected.account.name}`);
  }

  private async switchApp(): Promise<void> {
    const { chooseAccount } = await import('./switchApp');
    const choice = await chooseAccount(this.store.accounts, this.store.active);
    switch (choice?.action) {
      case 'open':
        await this.store.activate(choice.account);
        return showLeads();
      case 'rename':
        return this.store.rename(choice.account, choice.name);
      case 'signOut':
        return this.signOut(choice.account);
      case 'connect':
        return this.connectApp();
      case 'openSample':
        await this.store.add(sampleAccount);
        return showLeads();
      case undefined:
    }
  }

  private async replaceToken(): Promise<void> {
    const account = this.store.active;
    if (!account) return this.connectApp();
    if (isSampleAccount(account)) {
      void showInformationMessage('The sample app needs no token.');
      return;
    }
    const { askForNewToken } = await import('./connectApp');
    const connected = await askForNewToken(account, this.tryToken);
    if (connected) await this.keep(connected, `The token of ${account.name} is replaced`);
  }

  /** Asks first: the token may be nowhere else. */
  private async signOut(account: Account | undefined): Promise<void> {
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
  }

  private readonly tryToken: TryToken = async (account, token, signal) => {
    const { client } = await this.connections.open(account, token);
    return client.countLeads(undefined, signal);
  };

  private async keep({ account, token, leads }: ConnectedApp, done: string): Promise<void> {
    this.session.renew();
    const kept = await this.store.add(account, token);
    const count = `${leads.toLocaleString('en')} ${leads === 1 ? 'lead' : 'leads'}`;
    const sentence = `${done}: ${count}.`;
    const chosen =
      kept === 'stored'
        ? showInformationMessage(sentence, 'Show Leads')
        : showWarningMessage(
            `${sentence} VS Code could not store the token, so it is kept only until this window closes. The log says why.`,
            'Show Leads',
          );
    void chosen.then((button) => (button ? showLeads() : undefined));
  }
}

async function showLeads(): Promise<void> {
  await vscode.commands.executeCommand('dashlyLeads.leads.focus');
}

/** What the accounts need of the rest of the extension. */
export interface AccountParts {
  readonly secrets: vscode.SecretStorage;
  readonly current: CurrentLeads;
  readonly log: Log;
}

const commands = ['connectApp', 'switchApp', 'replaceToken', 'signOut', 'openSampleApp'];

/**
 * Which apps are connected; made once in `extension.ts`, which disposes it. The stored accounts are followed from the
 * start; what asks a person for something is read when a command runs.
 */
export class AccountRoom implements vscode.Disposable {
  private readonly owned = new Disposables();
  readonly store: AccountStore;
  private readonly session: AccountSession;

  constructor({ secrets, current, log }: AccountParts) {
    this.store = this.owned.add(openAccountStore(secrets, log));
    const connections = this.owned.add(new Connections(log));
    this.session = this.owned.add(new AccountSession(this.store, connections, current, log));
    this.owned.add(
      new LazyRoom(log, commands, async () => {
        const { AccountCommands } = await import('./index');
        return () => new AccountCommands(this.store, connections, this.session, log);
      }),
    );
  }

  /** Reads the stored accounts and connects to the active one; sends nothing. Never rejects. */
  start(): Promise<void> {
    return this.session.start();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
