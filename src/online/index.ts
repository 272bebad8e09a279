import type { Command, Feature, Parts } from '../editor/commands';
import type { LateTree } from '../editor/lateTree';
import type { LeadOpening } from '../editor/leadOpening';
import { followEvent } from './followPick';
import { type OnlineTreeElement, OnlineView } from './onlineView';

/** Who is on the site now. @param tree where they are shown @param opening of the rows of every tree */
export function online(parts: Parts, tree: LateTree<OnlineTreeElement>, opening: LeadOpening) {
  const view = new OnlineView(parts, tree);
  const commands = {
    refreshOnline: () => view.read(),
    openVisitor: () => opening.open(view),
    /** Is given the event's name. */
    followEvent: (name) => followEvent(parts, view, String(name)),
  } satisfies Record<string, Command>;
  /** How many are there, as far as that is in sight. */
  const visitorCount = { count: () => view.shownCount, onDidChange: view.onDidChangeCount };
  return { commands, disposables: [opening.follow(view), view], visitorCount } satisfies Feature &
    Record<string, unknown>;
}
