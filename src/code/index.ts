import * as l10n from '@vscode/l10n';
import { condition, filtersOf } from '../dashly/conditions';
import type { DashlyClient } from '../dashly/client';
import { DashlyError } from '../dashly/errors';
import type { Lead } from '../dashly/lead';
import { askToConnect, type Command, type Feature, type Parts, showLeadsView } from '../editor/commands';
import { showInformationMessage, withProgress } from '../editor/window';
import { isSameApp } from '../leads/currentLeads';
import { eventProperty } from '../leads/properties';
import { singleLine } from '../leads/text';
import { AskedCounts } from './askedCounts';
import { pickCall } from './callPick';
import type { CodeFiles } from './codeFiles';
import { CodeLanguage } from './language';
import { eventIdOf } from './names';

/** What is meant in the source: an event or a property, by its name. */
interface Meant {
  readonly kind: 'event' | 'property';
  readonly name: string;
}

/** Calls of the service's script in source code, and their leads. `registerCodeFiles` opens `language`. */
export function code(parts: Parts) {
  const counts = new AskedCounts(parts.current);
  const language = new CodeLanguage(parts, counts);
  const actions = new CodeActions(parts);
  const commands = {
    showLeadsWith: (meant) => actions.showLeadsWith(meant),
    eventsInFile: () => pickCall(parts, language, counts),
  } satisfies Record<string, Command>;
  return { commands, disposables: [counts, language], language } satisfies Feature & CodeFiles;
}

/** The most leads that are read to learn what an event is called. */
const mostRead = 25;

class CodeActions {
  constructor(private readonly parts: Parts) {}

  /** The list shows the leads that have what is meant. */
  async showLeadsWith(meant: unknown): Promise<void> {
    if (!isMeant(meant)) throw new TypeError('showLeadsWith takes {kind, name}.');
    const { current } = this.parts;
    if (!current.connection) {
      askToConnect(l10n.t('Connect an app to see its leads.'));
      return;
    }
    const property = meant.kind === 'property' ? meant.name : await this.propertyOfEvent(meant.name);
    if (property === undefined) {
      void showInformationMessage(
        l10n.t(
          '“{0}” is not known yet: no lead that was read has an event with this name. Open the card of a lead that should have it; its events tell their names.',
          singleLine(meant.name, 80),
        ),
        l10n.t('Show Leads'),
      ).then((chosen) => {
        if (chosen) void showLeadsView();
      });
      return;
    }
    const { sortProp, sortOrder } = current.query;
    current.setQuery({ filters: filtersOf('and', [condition.none('known', property)]), sortProp, sortOrder });
    await showLeadsView();
  }

  /** The property that leads with an event have; leads are read for it when its name is not known. */
  private async propertyOfEvent(name: string): Promise<string | undefined> {
    const known = this.eventId(name);
    const id =
      known ??
      (await withProgress(l10n.t('Looking for “{0}” among the app’s leads', singleLine(name, 60)), (_, signal) =>
        this.learnEvent(name, signal),
      ));
    return id === undefined ? undefined : `$event_${id}_count`;
  }

  /** Reads leads that have events without a name, those with the most first, until one tells the name. */
  private async learnEvent(name: string, signal: AbortSignal): Promise<string | undefined> {
    const { current, names } = this.parts;
    const { connection, list } = current;
    if (!connection) return undefined;
    const leads = new Set(list && list.leads.length > 0 ? list.leads : await newest(connection.client, signal));
    const passed = new Set(names.events.keys());
    for (let read = 0; read < mostRead && this.eventId(name) === undefined; read++) {
      const [lead, ids] = mostUnnamed(leads, passed);
      if (!lead || signal.aborted) break;
      leads.delete(lead);
      for (const id of ids) passed.add(id);
      const events = await connection.client.getLead(lead.id, signal).then(
        (details) => details.events,
        (error: unknown) => {
          // It may have been merged into another one: the next one may tell the name.
          if (error instanceof DashlyError && (error.kind === 'notFound' || error.kind === 'shape')) return [];
          throw error;
        },
      );
      // Another app may have its key by now.
      if (!isSameApp(current.connection, connection)) return undefined;
      names.learn(connection.key, { events });
    }
    return this.eventId(name);
  }

  private eventId(name: string): string | undefined {
    return eventIdOf(name, this.parts.names.events);
  }
}

async function newest(client: DashlyClient, signal: AbortSignal): Promise<readonly Lead[]> {
  return (await client.listLeads({ offset: 0, limit: 50 }, signal)).leads;
}

/** The lead with the most event types that are none of these, and those. */
function mostUnnamed(
  leads: Iterable<Lead>,
  passed: ReadonlySet<string>,
): readonly [Lead | undefined, readonly string[]] {
  let most: readonly [Lead | undefined, readonly string[]] = [undefined, []];
  for (const lead of leads) {
    const ids = new Set(Object.keys(lead.props).flatMap((name) => eventProperty(name)?.eventId ?? []));
    const unnamed = [...ids].filter((id) => !passed.has(id));
    if (unnamed.length > most[1].length) most = [lead, unnamed];
  }
  return most;
}

/** Arguments of commands come from anywhere. */
function isMeant(given: unknown): given is Meant {
  if (typeof given !== 'object' || given === null) return false;
  const { kind, name } = given as Readonly<Record<string, unknown>>;
  return (kind === 'event' || kind === 'property') && typeof name === 'string' && name !== '';
}
