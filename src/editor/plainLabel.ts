/**
 * A stranger's text for a place where VS Code draws `$(name)` as an icon: labels, descriptions and details of quick
 * picks, and the status bar.
 *
 * VS Code's own escape, a backslash before the dollar sign, is undone when a highlighted match ends between the two, and
 * screen readers speak it. A zero-width space inside the pair is neither seen nor spoken, and nothing undoes it.
 */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
