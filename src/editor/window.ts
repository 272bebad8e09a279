import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Masking } from '../leads/masking';
import { plain } from '../leads/text';

/*
 * What of `vscode.window` shows text to a person. VS Code reads `[text](command:…)` in messages, progress, prompts and
 * validation messages as a link that runs the command, and draws `$(name)` in quick picks and the status bar as an icon.
 * Text of strangers (leads, files, the service) may stand in any of them, so all of them go through here and are made
 * plain; a lint rule refuses the same functions of `vscode.window` itself. An icon of ours is an item's `iconPath`.
 */

type Message = (message: string, ...actions: string[]) => Thenable<string | undefined>;

export const showInformationMessage: Message = (message, ...actions) =>
  vscode.window.showInformationMessage(plain(message), ...actions);

export const showWarningMessage: Message = (message, ...actions) =>
  vscode.window.showWarningMessage(plain(message), ...actions);

export const showErrorMessage: Message = (message, ...actions) =>
  vscode.window.showErrorMessage(plain(message), ...actions);

/**
 * Asks in a modal dialog, which has a button *Cancel* of its own.
 * @param detail a second, smaller paragraph
 * @returns the action that was chosen; undefined for none
 */
export function askModally(
  message: string,
  detail: string | undefined,
  ...actions: string[]
): Thenable<string | undefined> {
  const options = { modal: true, detail: detail === undefined ? undefined : plain(detail) };
  return vscode.window.showWarningMessage(plain(message), options, ...actions);
}

/**
 * Plain text for where VS Code makes links by itself of the addresses of pages and people, because it reads Markdown. Giving the
 * result again changes nothing.
 */
function unlinked(text: string): string {
  return plain(text).replace(/(:\/\/|www\.|@)(?!\u200b)/gi, '$1\u200b');
}

/** Lines as Markdown that reads as they stand, without links, for where VS Code takes Markdown. Each is a paragraph. */
export function plainMarkdown(lines: readonly string[]): vscode.MarkdownString {
  // VS Code's own `appendText` makes blanks at which no line breaks.
  const paragraphs = lines.map((line) => unlinked(line).replace(/[!-/:-@[-`{-~]/g, '\\$&'));
  return new vscode.MarkdownString(paragraphs.join('\n\n'));
}

/** For which sessions of masking the person has agreed; a `Masking` lives as long as the window. */
const agreed = new WeakSet<Masking>();

/**
 * Asks once a session whether real contact data may leave the extension while contacts are masked.
 * @param masking asks only while it is on
 * @param what what is about to carry the data, as the start of a sentence: `The copied JSON`
 * @returns true when it may
 */
export async function confirmRealData(masking: Masking, what: string): Promise<boolean> {
  if (!masking.on || agreed.has(masking)) return true;
  const proceed = l10n.t('Use Real Data');
  const chosen = await askModally(
    l10n.t('{0} carries real names, e-mail addresses and phone numbers, although contacts are masked.', what),
    l10n.t('This is asked once, until the window is closed.'),
    proceed,
  );
  if (chosen !== proceed) return false;
  agreed.add(masking);
  return true;
}

/** A message in the status bar that goes by itself after so many milliseconds. */
export function setStatusBarMessage(text: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(plain(text), milliseconds);
}

/**
 * Runs a task under a notification that shows its progress and can be cancelled.
 * @param task gets a signal that is aborted by *Cancel*, and reports with a message and a whole share in per cent to add
 */
export function withProgress<Result>(
  title: string,
  task: (report: (message: string, increment: number) => void, signal: AbortSignal) => Promise<Result>,
): Thenable<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title: plain(title), cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const cancelling = new AbortController();
    token.onCancellationRequested(() => cancelling.abort());
    return task((message, increment) => progress.report({ message: plain(message), increment }), cancelling.signal);
  });
}

/** The moving line at the top of a view. */
export class ViewProgress implements vscode.Disposable {
  private end: (() => void) | undefined;

  constructor(private readonly viewId: string) {}

  /** Shows the line, or takes it away. */
  show(busy: boolean): void {
    if (busy === (this.end !== undefined)) return;
    if (!busy) {
      this.dispose();
      return;
    }
    const ended = new Promise<void>((resolve) => (this.end = resolve));
    void vscode.window.withProgress({ location: { viewId: this.viewId } }, () => ended);
  }

  dispose(): void {
    this.end?.();
    this.end = undefined;
  }
}

/** As `vscode.window.showQuickPick` for one of several items, which is given back as a copy. */
export function showQuickPick<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Thenable<Item | undefined> {
  return vscode.window.showQuickPick(
    items.map((item) => ({ ...item, ...plainParts(item) })),
    options,
  );
}

/** As `vscode.window.createQuickPick`; the items that are set are made plain themselves, because VS Code knows them again. */
export function createQuickPick<Item extends vscode.QuickPickItem>(): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  const items = propertyOf(pick, 'items');
  Object.defineProperty(pick, 'items', {
    get: () => items.get?.call(pick) as readonly Item[],
    set: (given: readonly Item[]) =>
      items.set?.call(
        pick,
        given.map((item) => Object.assign(item, plainParts(item))),
      ),
  });
  return pick;
}

/**
 * The item that Enter or a click has just accepted. What VS Code accepted is what it selected: its word for the active
 * item may have been overtaken by items that were set meanwhile, and its word for the selected one may be an old one.
 */
export function acceptedItem<Item extends vscode.QuickPickItem>(pick: vscode.QuickPick<Item>): Item | undefined {
  return pick.selectedItems.find((item) => pick.items.includes(item)) ?? pick.activeItems[0];
}

/**
 * Keeps the items in the order given. VS Code sorts them by how well the label matches. The switch has been in `QuickPick`
 * since 2020 without being in the typed API (issue microsoft/vscode#73904); a version without it only sorts.
 */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): void {
  (pick as { sortByLabel?: boolean }).sortByLabel = false;
}

/** Over the description and the detail of a row VS Code shows them once more at hover, as Markdown. */
function plainParts({ label, description, detail }: vscode.QuickPickItem): vscode.QuickPickItem {
  return {
    label: plain(label),
    ...(description !== undefined && { description: unlinked(description) }),
    ...(detail !== undefined && { detail: unlinked(detail) }),
  };
}

function propertyOf(object: object, name: string): PropertyDescriptor {
  for (let owner: object | null = object; owner; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found) return found;
  }
  throw new TypeError(`There is no property “${name}”.`);
}

/** As `vscode.window.showInputBox`. */
export function showInputBox(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  const { prompt } = options;
  const validate = options.validateInput?.bind(options);
  return vscode.window.showInputBox({
    ...options,
    prompt: prompt === undefined ? undefined : plain(prompt),
    ...(validate && { validateInput: async (text: string) => plainValidation(await validate(text)) }),
  });
}

/** What stands below an input box, made plain. */
export function plainValidation<Validation extends string | vscode.InputBoxValidationMessage | null | undefined>(
  validation: Validation,
): Validation {
  if (typeof validation === 'string') return plain(validation) as Validation;
  return typeof validation === 'object' && validation !== null
    ? { ...validation, message: plain(validation.message) }
    : validation;
}
