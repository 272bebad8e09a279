import type * as vscode from 'vscode';
import { Disposables } from '../editor/disposables';
import { LazyRoom } from '../editor/lazyRoom';
import type { Log } from '../editor/log';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { CurrentView } from './currentView';

/** What the views need of the rest of the extension. */
export interface ViewParts {
  readonly current: CurrentLeads;
  readonly masking: Masking;
  readonly log: Log;
}

const commands = [
  'switchView', 'saveView', 'renameView', 'deleteView', 'copyViewAsJson', 'copyViewAsCurl', 'showAllLeads', 'sort',
];

/**
 * The views and the order of the leads; made once in `extension.ts`, which disposes it. The commands are read when one of
 * them runs.
 */
export class ViewRoom implements vscode.Disposable {
  private readonly owned = new Disposables();
  /** Which view is looked at: the tree says so. */
  readonly view: CurrentView;

  constructor({ current, masking, log }: ViewParts) {
    this.view = this.owned.add(new CurrentView(current));
    this.owned.add(
      new LazyRoom(log, commands, async () => {
        const [{ ViewCommands }, { SavedViews }] = await Promise.all([import('./viewCommands'), import('./savedViews')]);
        return () => new ViewCommands({ current, currentView: this.view, saved: new SavedViews(log), masking, log });
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }
}
