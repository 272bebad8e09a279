import type * as vscode from 'vscode';
import { knownPresences } from '../dashly/lead';
import { pickStep, type back, type LiveText } from '../editor/inputSteps';
import { presenceWord } from '../leads/wording';

interface PresenceItem extends vscode.QuickPickItem {
  /** Undefined: all of them. */
  readonly presences: readonly string[] | undefined;
}

/**
 * Asks which presences are shown. The service has no condition on them (section 4 of the API document), so what is chosen
 * holds among the loaded leads, and the step says so.
 * @param chosen what is chosen already
 * @returns the presences, none for all of them; `back`; or undefined when the person left
 */
export async function askForPresence(
  title: LiveText,
  chosen: readonly string[] | undefined,
): Promise<readonly string[] | typeof back | undefined> {
  const choices: readonly (readonly string[])[] = [['online', 'idle'], ...knownPresences.map((presence) => [presence])];
  const items: PresenceItem[] = choices.map((presences) => ({ label: presenceWords(presences), presences }));
  if (chosen) items.push({ label: 'Any presence', presences: undefined });
  const answer = await pickStep<PresenceItem>({
    title,
    canGoBack: true,
    placeholder: 'Only among the leads that are loaded: the service cannot filter by presence',
    items,
    active: items.find(({ presences }) => presences?.join() === chosen?.join()),
  });
  return typeof answer === 'object' ? (answer.presences ?? []) : answer;
}

/** `Online or idle`. */
export function presenceWords(presences: readonly string[]): string {
  const words = presences.map((presence) => presenceWord(presence).toLowerCase()).join(' or ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
