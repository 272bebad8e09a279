import type { Command, Feature, Parts } from '../editor/commands';
import type { LateTree } from '../editor/lateTree';
import { LeadOpening } from '../editor/leadOpening';
import { followEvent } from './followPick';
import { type OnlineTreeElement, OnlineView } from './onlineView';

/** Who is on the site now. @param tree where they are shown */
export function online(parts: Parts, tree: LateTree<OnlineTreeElement>) {
  const view = new OnlineView(parts, tree);
  const opening = new LeadOpening(view);
  const commands = {
    refreshOnline: () => view.read(),
    openVisitor: () => opening.open(),
    /** Is given the event's name. */
    followEvent: (name) => followEvent(parts, view, String(name)),
  } satisfies Record<string, Command>;
  /** How many are there, as far as that is in sight. */
  const visitorCount = { count: () => view.shownCount, onDidChange: view.onDidChangeCount };
  return { commands, disposables: [opening, view], visitorCount } satisfies Feature & Record<string, unknown>;
}
