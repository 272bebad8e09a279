import * as vscode from 'vscode';
import { plainMessage } from '../editor/plainMessage';

/** The person asked for the step before. */
export const back = Symbol('back');

interface Step {
  readonly title: string;
  /** From 1; left out when there is only one step. */
  readonly step?: number;
  readonly totalSteps?: number;
}

/** A step in which one of several things is chosen. */
export interface PickStep<Item extends vscode.QuickPickItem> extends Step {
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly active?: Item;
}

/** A step in which something is typed. */
export interface InputStep<Result> extends Step {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** Called at every keystroke; gives what is wrong. Nothing is said about an empty box until it is accepted. */
  problem(text: string): string | undefined;
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
export function pickStep<Item extends vscode.QuickPickItem>(step: PickStep<Item>): Promise<Item | typeof back | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Item>();
    describe(pick, step);
    pick.placeholder = step.placeholder;
    pick.items = step.items;
    pick.matchOnDescription = true;
    if (step.active) pick.activeItems = [step.active];
    pick.onDidTriggerButton(() => finish(back));
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) finish(chosen);
    });
    pick.onDidHide(() => finish(undefined));
    pick.show();

    function finish(result: Item | typeof back | undefined): void {
      resolve(result);
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
    describe(input, step);
    input.prompt = step.prompt;
    input.placeholder = step.placeholder;
    input.value = step.value ?? '';
    input.password = step.password ?? false;
    input.validationMessage = comment(input.value);
    input.onDidChangeValue((text) => {
      attempt?.abort();
      attempt = undefined;
      input.busy = false;
      input.validationMessage = comment(text);
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
        input.validationMessage = problem;
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
        input.validationMessage = plainMessage(step.explain?.(error) ?? String(error));
      }
    }

    function finish(result: Result | typeof back | undefined): void {
      attempt?.abort();
      attempt = undefined;
      resolve(result);
      input.dispose();
    }
  });
}

/** The box stays open when the focus leaves it: people go to the admin panel in their browser for the token. */
function describe(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, step: Step): void {
  input.title = step.title;
  input.step = step.step;
  input.totalSteps = step.totalSteps;
  input.buttons = (step.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
  input.ignoreFocusOut = true;
}
