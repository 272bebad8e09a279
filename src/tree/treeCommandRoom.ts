import { LazyRoom } from '../editor/lazyRoom';
import type { Log } from '../editor/log';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import type { LeadsView } from './leadsView';
import type { TreeCommands } from './treeCommands';

const commands = ['loadMore', 'loadMoreAtRow', 'loadAll', 'refresh', 'retry', 'openLead', 'reveal', 'markAllSeen'];

/** The commands of the tree, read from disk when the first one runs; made once in `extension.ts`, which disposes it. */
export function treeCommandRoom(current: CurrentLeads, view: LeadsView, masking: Masking, log: Log): LazyRoom<TreeCommands> {
  return new LazyRoom(log, commands, async () => {
    const { TreeCommands } = await import('./treeCommands');
    return () => new TreeCommands(current, view, masking, log);
  });
}
