import * as vscode from 'vscode';
import type { Masking } from '../leads/masking';

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
  const proceed = 'Use Real Data';
  const chosen = await vscode.window.showWarningMessage(
    `${what} carries real names, e-mail addresses and phone numbers, although contacts are masked.`,
    { modal: true, detail: 'This is asked once, until the window is closed.' },
    proceed,
  );
  if (chosen !== proceed) return false;
  agreed.add(masking);
  return true;
}
