import * as vscode from 'vscode';

const section = 'dashlyLeads';

/**
 * What a setting may be: a value of another type or outside the bounds in somebody's `settings.json` is brought back into
 * them.
 */
const settings = {
  /** Leads a request, 1..50. */
  pageSize: wholeNumber(50, 1, 50),
  /** Seconds until a request is given up, 1..600. */
  timeout: wholeNumber(30, 1, 600),
  /** Requests at the same time, 1..16. */
  concurrency: wholeNumber(4, 1, 16),
  /** Whether values of properties come as numbers, truth values and lists, or as the texts that the service stores. */
  convertPropsTypes: flag(true),
  maskContacts: flag(false),
  /** Where a card opens. */
  'card.location': oneOf('active', 'beside'),
  /** Seconds between two readings of the visible card; 0 is never. */
  'card.refreshInterval': wholeNumber(30, 0, 86_400),
  /** Seconds between two readings of the visible view *Online Now*; 0 is never. */
  'online.refreshInterval': wholeNumber(15, 0, 86_400),
  /** Seconds between two asks for new events of a followed lead. */
  'events.followInterval': wholeNumber(3, 1, 3600),
  /** Seconds between two asks for new messages of a conversation that is open on a visible card; 0 is never. */
  'conversations.refreshInterval': wholeNumber(10, 0, 86_400),
  /** Whether an exported CSV begins with a byte order mark. */
  'export.csvByteOrderMark': flag(false),
  /** What stands between the cells of an exported CSV. */
  'export.csvSeparator': oneOf(',', ';'),
  /** Seconds between two refreshes of the visible view; 0 is never. */
  autoRefresh: wholeNumber(0, 0, 86_400),
  /** The same while nobody can see the view; 0 is never. */
  autoRefreshHidden: wholeNumber(300, 0, 86_400),
  /** Whether the activity bar counts leads with news. */
  badge: flag(true),
  /** Whether calls in source files have links to their leads. */
  'code.lens': flag(true),
  /** Whether what looks wrong in source files is marked. */
  'code.problems': flag(true),
  /** Further names of the service's script in source files. */
  'code.clients': names(),
  /** Which tools language models may use. */
  'assistant.count': flag(false),
  'assistant.describeProperties': flag(false),
  'assistant.search': flag(false),
  'assistant.get': flag(false),
  'assistant.show': flag(false),
  /** Whether the app stands in the status bar. */
  statusBar: flag(true),
  /** Where the admin panel shows a lead, with `{app}` and `{id}`; empty where that is not known. */
  'panel.lead': text(''),
  /** The same for a conversation. */
  'panel.conversation': text(''),
  startWithSampleApp: flag(false),
};

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = ReturnType<(typeof settings)[Name]>;

/** A setting `dashlyLeads.<name>` as it is now. */
export function readSetting<Name extends SettingName>(name: Name): SettingValue<Name> {
  return settings[name](vscode.workspace.getConfiguration(section).get(name)) as SettingValue<Name>;
}

/** Calls the listener with the new value at every change of the setting. */
export function onDidChangeSetting<Name extends SettingName>(
  name: Name,
  listener: (value: SettingValue<Name>) => void,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${section}.${name}`)) listener(readSetting(name));
  });
}

/** Writes a setting to the user's settings; rejects when VS Code cannot write them (a broken `settings.json`). */
export async function writeSetting<Name extends SettingName>(name: Name, value: SettingValue<Name>): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);
}

function wholeNumber(fallback: number, least: number, most: number): (value: unknown) => number {
  return (value) =>
    typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : fallback;
}

function flag(fallback: boolean): (value: unknown) => boolean {
  return (value) => (typeof value === 'boolean' ? value : fallback);
}

function text(fallback: string): (value: unknown) => string {
  return (value) => (typeof value === 'string' ? value.trim() : fallback);
}

/** Names of JavaScript; others in the list are passed over. */
function names(): (value: unknown) => readonly string[] {
  return (value) =>
    (Array.isArray(value) ? (value as unknown[]) : []).filter(
      (name): name is string => typeof name === 'string' && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name),
    );
}

/** @param fallback the first choice */
function oneOf<Choice extends string>(fallback: Choice, ...others: readonly Choice[]): (value: unknown) => Choice {
  return (value) => others.find((choice) => choice === value) ?? fallback;
}
