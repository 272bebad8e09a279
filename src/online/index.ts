import type { Command, Feature, Parts } from '../editor/commands';
import { LeadOpening } from '../editor/leadOpening';
import { OnlineView } from './onlineView';

/** Who is on the site now. */
export function online(parts: Parts) {
  const view = new OnlineView(parts);
  const opening = new LeadOpening(view);
  const commands = {
    refreshOnline: () => view.read(),
    openVisitor: () => opening.open(),
  } satisfies Record<string, Command>;
  return { commands, disposables: [opening, view] } satisfies Feature;
}
