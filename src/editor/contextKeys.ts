import * as vscode from 'vscode';

/** The keys that the `when` clauses of `package.json` read, without their prefix `dashlyLeads.`, and what they may be. */
export interface ContextKeys {
  /** `none`: no account is known; `signedOut`: none is active; `noToken`: the active one's token is missing. */
  account: 'none' | 'signedOut' | 'noToken' | 'connected';
  /** What the tree shows: `empty` is an app without leads, `noMatch` a query without, `failed` a first page that failed. */
  leads: 'unread' | 'reading' | 'shown' | 'empty' | 'noMatch' | 'failed';
  /** Why the first page failed, as far as it matters for what to do about it. */
  failure: 'none' | 'token' | 'forbidden' | 'address' | 'network' | 'browser' | 'service' | 'other';
  /** Whether more leads can be read. */
  canLoadMore: boolean;
  /** Whether a lead is selected for the commands that take one. */
  leadSelected: boolean;
  /** Whether the view shows not all leads. */
  filtered: boolean;
  /** Whether contacts are masked. */
  masking: boolean;
  /** Whether the preview card is visible: arrow keys in the tree then move it along. */
  previewVisible: boolean;
  /**
   * Whether an arrow key is moving the selection: the keys of `package.json` set it for as long as VS Code looks whether the
   * row's command is enabled, in the window itself: an Enter that follows at once must run the row. In its place they run
   * `endMove` (`LeadOpening`).
   */
  moving: boolean;
}

/** Where VS Code's memory keeps whether an app was connected when that was last known, until the accounts are read again. */
export const connectedKey = 'connected';

const known = new Map<keyof ContextKeys, unknown>();

/** Sets `dashlyLeads.<key>`; does nothing when it has that value already, because each call crosses to the window. */
export function setContextKey<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  if (known.get(key) === value) return;
  known.set(key, value);
  void vscode.commands.executeCommand('setContext', `dashlyLeads.${key}`, value);
}

/** What a key was last set to; undefined when it never was. */
export function contextKey<Key extends keyof ContextKeys>(key: Key): ContextKeys[Key] | undefined {
  return known.get(key) as ContextKeys[Key] | undefined;
}
