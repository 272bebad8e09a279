/**
 * A stranger's text for a place where VS Code turns `[title](command:…)` into a link that runs the command: notifications,
 * progress, and the prompts and validation messages of input boxes (`parseLinkedText` in VS Code's
 * `src/vs/base/common/linkedText.ts`). A zero-width space between the brackets is neither seen nor spoken.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}
