/** Something to end: the shape of VS Code's own `Disposable`, for what does without `vscode`. */
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
   * Calls every listener in the order of subscription. What a listener throws is not the firing side's fault: the
   * others are still called, and the error goes to the host as an uncaught one.
   */
  fire(value: T): void {
    for (const entry of [...this.listeners]) {
      if (!this.listeners.has(entry)) {
        continue;
      }
      try {
        entry.listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.disposed = true;
    this.listeners.clear();
  }
}

/** Owns things that must be disposed together, newest first, because later ones may use earlier ones. */
export class Disposables implements Disposable {
  private readonly owned: { dispose(): unknown }[] = [];
  private disposed = false;

  /** Takes ownership and gives the thing back; disposes it at once when this is already disposed. */
  add<T extends { dispose(): unknown }>(thing: T): T {
    if (this.disposed) thing.dispose();
    else this.owned.push(thing);
    return thing;
  }

  dispose(): void {
    this.disposed = true;
    for (let thing = this.owned.pop(); thing; thing = this.owned.pop()) thing.dispose();
  }
}
