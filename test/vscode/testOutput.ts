/**
 * Begins every line that tests write inside an extension host: VS Code sends them together with messages of its own, and
 * by this they are told apart. Invisible (a zero-width space), so that desktop VS Code's console shows nothing of it.
 */
export const testOutputMark = '\u200b';
