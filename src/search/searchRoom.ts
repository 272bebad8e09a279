import type * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { LazyRoom } from '../editor/lazyRoom';
import type { SearchCommand, SearchParts } from './searchCommand';

/** The search; made once in `extension.ts`, which disposes it, and read from disk when it is first used. */
export class SearchRoom implements vscode.Disposable {
  private readonly room: LazyRoom<SearchCommand>;

  constructor(parts: SearchParts) {
    this.room = new LazyRoom(parts.log, ['search'], async () => {
      const { SearchCommand } = await import('./searchCommand');
      return () => new SearchCommand(parts);
    });
  }

  /** As `SearchCommand.pickLead`, for other rooms. */
  async pickLead(title: string, except?: string): Promise<Lead | undefined> {
    return (await this.room.get()).pickLead(title, except);
  }

  dispose(): void {
    this.room.dispose();
  }
}
