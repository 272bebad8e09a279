import * as vscode from 'vscode';
import type { Event } from '../leads/event';
import { plain } from '../leads/text';
import { acceptedItem, createQuickPick, keepOrder, plainValidation } from './window';

/** The person asked for the step before. */
export const back = Symbol('back');

/** A text that may change while it is shown. */
export interface LiveText {
  readonly text: string;
  readonly onDidChange: Event<unknown>;
}

/**
 * Items that may change while they are shown. An item that is the same object is the same row, whatever it says meanwhile.
 */
interface LiveItems<Item extends vscode.QuickPickItem> {
  readonly items: readonly Item[];
  readonly onDidChange: Event<unknown>;
}

interface Step {
  readonly title: string | LiveText;
  /** From 1; left out when there is only one step. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** Whether there is a step before; when left out, there is one before every step but the first. */
  readonly canGoBack?: boolean;
  /** Whether the box stays open when the focus leaves it; true when left out: people fetch from elsewhere what they type. */
  readonly ignoreFocusOut?: boolean;
}

/** A step in which one of several things is chosen. */
export interface PickStep<Item extends vscode.QuickPickItem> extends Step {
  readonly placeholder: string;
  readonly items: readonly Item[] | LiveItems<Item>;
  readonly active?: Item;
  /** Whether an item can be chosen; all of them when left out. */
  canChoose?(item: Item): boolean;
  /** Called at every keystroke; gives an item for what was typed, which is offered below the others that match. */
  typed?(text: string): Item | undefined;
  /**
   * What was typed is meant as it stands, unless the person moves on to another item: its item, which may be one of `items`, is
   * the first; the others stand in the order given, and match by their labels only.
   */
  readonly typedFirst?: boolean;
  /** What has been typed at the start. */
  readonly value?: string;
  /** Called with the item that is active now: by arrow keys, by typing, or from the start. */
  moved?(item: Item | undefined): void;
}

/** A button of an item was pressed. */
export interface PressedButton<Item> {
  readonly item: Item;
  readonly button: vscode.QuickInputButton;
}

/** A step in which something is typed. */
export interface InputStep<Result> extends Step {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** Called at every keystroke; gives what is wrong. Nothing is said about an empty box until it is accepted. */
  problem(text: string): string | undefined;
  /** Called with the text at the start and after every keystroke, right or wrong. */
  typed?(text: string): void;
  /** Something worth knowing that keeps nobody from going on. */
  remark?(text: string): string | undefined;
  /**
   * Called when the text is accepted; the box shows that it is busy until the promise settles.
   * @param signal aborted when the box is closed or the text changes
   * @throws whose sentence, made by `explain`, is shown in the box, so that the text can be corrected
   */
  accept(text: string, signal: AbortSignal): Promise<Result> | Result;
  /** What an error of `accept` is shown as. */
  explain?(error: unknown): string;
}

/**
 * Lets the person choose one item.
 * @returns the item, or `back`, or undefined when the person left
 */
export async function pickStep<Item extends vscode.QuickPickItem>(
  step: PickStep<Item>,
): Promise<Item | typeof back | undefined> {
  const chosen = await pickOrPress(step);
  return typeof chosen === 'object' && 'button' in chosen ? chosen.item : chosen;
}

/**
 * Lets the person choose one item or press a button of one.
 * @returns the item, or the button and its item, or `back`, or undefined when the person left
 */
export function pickOrPress<Item extends vscode.QuickPickItem>(
  step: PickStep<Item>,
): Promise<Item | PressedButton<Item> | typeof back | undefined> {
  return new Promise((resolve) => {
    const pick = createQuickPick<Item>();
    const { items } = step;
    const live = 'onDidChange' in items ? items : undefined;
    const title = describe(pick, step);
    let { active } = step;
    const draw = (): void => {
      const rows = 'onDidChange' in items ? items.items : items;
      const typed = step.typed?.(pick.value);
      if (!typed) pick.items = rows;
      else pick.items = step.typedFirst ? [typed, ...rows.filter((row) => row !== typed)] : [...rows, typed];
      // Of what somebody looks for by typing, VS Code knows best which rows match, and makes the first of them active.
      if (active && pick.value === '') pick.activeItems = [active];
    };
    pick.placeholder = step.placeholder;
    pick.value = step.value ?? '';
    pick.matchOnDescription = pick.matchOnDetail = !step.typedFirst;
    if (step.typedFirst) keepOrder(pick);
    draw();
    const redrawing = live?.onDidChange(() => {
      // Items that change must not take the list away from under the eyes; at the start the active one is brought into sight.
      pick.keepScrollPosition = true;
      draw();
    });
    /** What could be chosen when Enter found no row active, though some may match: the first that becomes active is meant. */
    let entered: readonly Item[] = [];
    const choose = (item: Item): void => {
      if (step.canChoose?.(item) !== false) finish(item);
    };
    pick.onDidChangeValue(() => {
      entered = [];
      // Items that changed while this was typed may have made one active that no longer matches: then none is. Drawn without
      // saying which is active, the first that matches is.
      active = undefined;
      if (live || step.typed) draw();
    });
    pick.onDidChangeActive(([item]) => {
      active = item ?? active;
      step.moved?.(item);
      if (item && entered.includes(item)) choose(item);
    });
    pick.onDidTriggerButton(() => finish(back));
    pick.onDidTriggerItemButton(finish);
    pick.onDidAccept(() => {
      const chosen = acceptedItem(pick);
      if (chosen) {
        choose(chosen);
        return;
      }
      // What was said to be active may have come after the text was typed, and not match it.
      active = undefined;
      draw();
      // Those that were drawn now: what stands for the typed text is made anew each time.
      entered = pick.items;
    });
    pick.onDidHide(() => finish(undefined));
    pick.show();

    function finish(result: Item | PressedButton<Item> | typeof back | undefined): void {
      resolve(result);
      redrawing?.dispose();
      title?.dispose();
      pick.dispose();
    }
  });
}

/**
 * Lets the person choose any number of items.
 * @param step `chosen`: those that are chosen at the start
 * @returns the items in their order, or `back`, or undefined when the person left
 */
export function pickManyStep<Item extends vscode.QuickPickItem>(
  step: Step & { readonly placeholder: string; readonly items: readonly Item[]; readonly chosen: readonly Item[] },
): Promise<readonly Item[] | typeof back | undefined> {
  return new Promise((resolve) => {
    const pick = createQuickPick<Item>();
    const title = describe(pick, step);
    pick.placeholder = step.placeholder;
    pick.matchOnDescription = true;
    pick.canSelectMany = true;
    pick.items = step.items;
    pick.selectedItems = step.chosen;
    pick.onDidTriggerButton(() => finish(back));
    pick.onDidAccept(() => finish(step.items.filter((item) => pick.selectedItems.includes(item))));
    pick.onDidHide(() => finish(undefined));
    pick.show();

    function finish(result: readonly Item[] | typeof back | undefined): void {
      resolve(result);
      title?.dispose();
      pick.dispose();
    }
  });
}

/**
 * Lets the person type something that is then tried out while the box stays open.
 * @returns what `accept` gave, or `back`, or undefined when the person left
 */
export function inputStep<Result>(step: InputStep<Result>): Promise<Result | typeof back | undefined> {
  return new Promise((resolve) => {
    const input = vscode.window.createInputBox();
    let attempt: AbortController | undefined;
    const live = describe(input, step);
    input.prompt = plain(step.prompt);
    input.placeholder = step.placeholder;
    input.value = step.value ?? '';
    input.password = step.password ?? false;
    input.validationMessage = plainValidation(comment(input.value));
    step.typed?.(input.value);
    input.onDidChangeValue((text) => {
      step.typed?.(text);
      attempt?.abort();
      attempt = undefined;
      input.busy = false;
      input.validationMessage = plainValidation(comment(text));
    });
    input.onDidAccept(() => void tryOut(input.value));
    input.onDidTriggerButton(() => finish(back));
    input.onDidHide(() => finish(undefined));
    input.show();

    function comment(text: string): string | vscode.InputBoxValidationMessage | undefined {
      const problem = text === '' ? undefined : step.problem(text);
      if (problem) return problem;
      const remark = step.remark?.(text);
      return remark ? { message: remark, severity: vscode.InputBoxValidationSeverity.Info } : undefined;
    }

    async function tryOut(text: string): Promise<void> {
      if (attempt) return;
      const problem = step.problem(text);
      if (problem) {
        input.validationMessage = plain(problem);
        return;
      }
      const mine = (attempt = new AbortController());
      input.busy = true;
      input.validationMessage = undefined;
      try {
        const result = await step.accept(text, mine.signal);
        if (attempt === mine) finish(result);
      } catch (error) {
        if (attempt !== mine) return;
        attempt = undefined;
        input.busy = false;
        input.validationMessage = plain(step.explain?.(error) ?? String(error));
      }
    }

    function finish(result: Result | typeof back | undefined): void {
      attempt?.abort();
      attempt = undefined;
      resolve(result);
      live?.dispose();
      input.dispose();
    }
  });
}

/**
 * Gives a box its title and buttons.
 * @returns what keeps a live title up to date; to be disposed with the box
 */
function describe(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] },
  { title, step, totalSteps, canGoBack = (step ?? 1) > 1, ignoreFocusOut = true }: Step,
): { dispose(): void } | undefined {
  input.step = step;
  input.totalSteps = totalSteps;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  input.ignoreFocusOut = ignoreFocusOut;
  if (typeof title === 'string') {
    input.title = title;
    return undefined;
  }
  input.title = title.text;
  return title.onDidChange(() => {
    input.title = title.text;
  });
}
