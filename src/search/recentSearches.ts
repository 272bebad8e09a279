/** How many searches of an app are remembered. */
const mostRemembered = 10;

/**
 * The last searches of each app, newest first. Only in memory, as long as the window lives: what is searched for is a
 * name, an address or a number of a person, and such data is not written to disk by this extension.
 */
export class RecentSearches {
  private readonly byApp = new Map<string, readonly string[]>();

  /** @param app the account's key */
  of(app: string): readonly string[] {
    return this.byApp.get(app) ?? [];
  }

  add(app: string, text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    this.byApp.set(app, [trimmed, ...this.of(app).filter((one) => one !== trimmed)].slice(0, mostRemembered));
  }

  /** Forgets the searches of one app: its account is gone. */
  forget(app: string): void {
    this.byApp.delete(app);
  }
}
