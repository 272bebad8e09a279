/** Something to end: the shape of VS Code's own `Disposable`, for the rooms that do without `vscode`. */
export interface Disposable {
  dispose(): void;
}

/** What one subscribes to. A VS Code `Event` can be given where this is wanted, and the other way round. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** The firing side of an event. */
export class Emitter<T = void> implements Disposable {
  private readonly listeners = new Set<{ readonly listener: (value: T) => unknown }>();
  private disposed = false;

  /** Subscribes. After `dispose` nothing is ever fired. */
  readonly event: Event<T> = (listener) => {
    // An entry of its own, so that one function subscribed twice is two subscriptions.
    const entry = { listener };
    if (!this.disposed) {
      this.listeners.add(entry);
    }
    return { dispose: () => void this.listeners.delete(entry) };
  };

  /**
   * Calls every listener in the order of subscription. A listener that throws does not keep the others from being
   * called; the first such error is thrown when all have been.
   */
  fire(value: T): void {
    const errors: unknown[] = [];
    for (const entry of [...this.listeners]) {
      if (!this.listeners.has(entry)) {
        continue;
      }
      try {
        entry.listener(value);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }

  dispose(): void {
    this.disposed = true;
    this.listeners.clear();
  }
}
