import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { HumanError } from '../dashly/errors';
import { type ErrorParts, logError, showError } from '../editor/errors';
import { Emitter } from '../leads/event';
import {
  type Account,
  type AccountIndex,
  accountKey,
  emptyIndex,
  isSampleAccount,
  parseIndex,
  withAccount,
  withActive,
  withName,
  withoutAccount,
} from './account';

const indexEntry = 'dashlyLeads.accounts';
const tokenPrefix = 'dashlyLeads.token ';
const tokenEntry = (account: Account) => tokenPrefix + accountKey(account);

/** How a change was kept: `session` when VS Code could not store it, so that it ends with this window. */
export type Kept = 'stored' | 'session';

/**
 * The accounts and their tokens in VS Code's SecretStorage: one entry that lists the accounts (no token in it) and for each
 * one entry with its token and nothing else. All windows share them; a change made in another one arrives here.
 */
export class AccountStore implements vscode.Disposable {
  private readonly changed = new Emitter();
  private readonly watch: vscode.Disposable;
  private index: AccountIndex = emptyIndex;
  /** Tokens by entry that could not be stored. */
  private readonly sessionTokens = new Map<string, string>();
  /** Whether the list could not be stored: from then on this window's own list counts. */
  private sessionOnly = false;
  private lastChange: Promise<unknown> = Promise.resolve();
  /** What this window last wrote to or read from each entry: VS Code announces a window's own changes to it too. */
  private readonly known = new Map<string, string | undefined>();

  /** The accounts, which one is active, or a token changed, here or in another window. */
  readonly onDidChange = this.changed.event;

  /** @param onFailure told why SecretStorage failed, and at what; the store goes on with what this window has */
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly onFailure: (error: unknown, doing: 'read' | 'store') => void,
  ) {
    this.watch = secrets.onDidChange(({ key }) => void this.take(key));
  }

  get accounts(): readonly Account[] {
    return this.index.accounts;
  }

  /** The account whose leads are shown; undefined when nobody is signed in. */
  get active(): Account | undefined {
    return this.index.accounts.find((account) => accountKey(account) === this.index.active);
  }

  /** Reads what is stored; later changes arrive by themselves. Never rejects: what cannot be read is reported. */
  async read(): Promise<void> {
    this.index = await this.storedIndex();
    this.changed.fire();
  }

  /** The account's token; undefined when it is not on this machine. Never rejects: what cannot be read is reported. */
  async token(account: Account): Promise<string | undefined> {
    const entry = tokenEntry(account);
    try {
      return this.sessionTokens.get(entry) ?? (await this.stored(entry));
    } catch (error) {
      this.onFailure(error, 'read');
      return undefined;
    }
  }

  /**
   * Adds the account, or replaces the one with the same address and app, and makes it the active one.
   * @param token trimmed; left out for the sample app, which has none
   */
  async add(account: Account, token?: string): Promise<Kept> {
    // The token first: whoever learns of the account must find it.
    const tokenKept = token === undefined ? 'stored' : await this.storeToken(account, token);
    const indexKept = await this.change((index) => withAccount(index, account));
    this.changed.fire();
    return tokenKept === 'stored' ? indexKept : 'session';
  }

  /** Shows the leads of this account from now on. */
  async activate(account: Account): Promise<void> {
    await this.change((index) => withActive(index, account));
    this.changed.fire();
  }

  /** Gives the account another name, unless it was signed out of meanwhile. */
  async rename(account: Account, name: string): Promise<void> {
    await this.change((index) => withName(index, account, name));
    this.changed.fire();
  }

  /** Deletes the account's token and forgets the account. Rejects, changing nothing, when the token cannot be deleted. */
  async remove(account: Account): Promise<void> {
    const entry = tokenEntry(account);
    if (!isSampleAccount(account)) {
      this.known.set(entry, undefined);
      await this.secrets.delete(entry);
    }
    this.sessionTokens.delete(entry);
    await this.change((index) => withoutAccount(index, account));
    this.changed.fire();
  }

  dispose(): void {
    this.watch.dispose();
    this.changed.dispose();
  }

  private async storeToken(account: Account, token: string): Promise<Kept> {
    const entry = tokenEntry(account);
    try {
      await this.write(entry, token);
      this.sessionTokens.delete(entry);
      return 'stored';
    } catch (error) {
      this.onFailure(error, 'store');
      this.sessionTokens.set(entry, token);
      return 'session';
    }
  }

  /** Edits the newest list; edits of this window follow each other, so that none is lost. */
  private change(edit: (index: AccountIndex) => AccountIndex): Promise<Kept> {
    const change = this.lastChange.then(async (): Promise<Kept> => {
      this.index = edit(await this.storedIndex());
      if (this.sessionOnly) return 'session';
      try {
        await this.write(indexEntry, JSON.stringify(this.index));
        return 'stored';
      } catch (error) {
        this.onFailure(error, 'store');
        this.sessionOnly = true;
        return 'session';
      }
    });
    this.lastChange = change;
    return change;
  }

  private async storedIndex(): Promise<AccountIndex> {
    if (this.sessionOnly) return this.index;
    try {
      return parseIndex(await this.stored(indexEntry));
    } catch (error) {
      this.onFailure(error, 'read');
      return this.index;
    }
  }

  private async stored(entry: string): Promise<string | undefined> {
    const value = await this.secrets.get(entry);
    this.known.set(entry, value);
    return value;
  }

  private async write(entry: string, value: string): Promise<void> {
    this.known.set(entry, value);
    await this.secrets.store(entry, value);
  }

  /** An entry changed; only what another window wrote is news. */
  private async take(entry: string): Promise<void> {
    if (entry !== indexEntry && !entry.startsWith(tokenPrefix)) return;
    const before = this.known.get(entry);
    if (this.known.has(entry) && (await this.secrets.get(entry)) === before) return;
    if (entry === indexEntry) await this.read();
    else {
      this.known.delete(entry);
      this.changed.fire();
    }
  }
}

/**
 * The account store over VS Code's SecretStorage; that it cannot be read is shown once, that it cannot be written whoever
 * writes says.
 */
export function openAccountStore(secrets: vscode.SecretStorage, parts: ErrorParts): AccountStore {
  let told = false;
  return new AccountStore(secrets, (error, doing) => {
    logError(error, parts.log);
    if (doing === 'read' && !told) {
      told = true;
      showError(new HumanError(secretStorageSentence), parts);
    }
  });
}

/** Where the operating system's key store is locked or missing. */
const secretStorageSentence = l10n.t(
  'VS Code’s secret storage could not be read, so the connected apps are not known. Unlock the system’s key store and reload the window.',
);
