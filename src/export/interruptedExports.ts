import type { Memento } from 'vscode';

const key = 'dashlyLeads.interruptedExports';

/** The paths of exports that were begun and not finished: over restarts and in all windows. Paths only. */
export class InterruptedExports {
  constructor(private readonly memento: Memento) {}

  get paths(): readonly string[] {
    const kept = this.memento.get<unknown>(key);
    return Array.isArray(kept) ? kept.filter((path) => typeof path === 'string') : [];
  }

  async add(path: string): Promise<void> {
    await this.memento.update(key, [path, ...this.paths.filter((other) => other !== path)]);
  }

  async remove(path: string): Promise<void> {
    await this.memento.update(key, this.paths.filter((other) => other !== path));
  }
}
