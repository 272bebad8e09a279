import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import type { Command, Feature, OpenCardOptions, Parts } from '../editor/commands';
import { setContextKey } from '../editor/contextKeys';
import { rememberTimeZone } from '../editor/timeZone';
import { type Connection, isSameApp } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import { leadsFromArguments } from '../leads/leadElement';
import { leadLabel } from '../leads/wording';
import { webviewResources } from '../editor/webviewHtml';
import { CardPanel } from './cardPanel';
import { CardPlace } from './cardPlace';
import type { LeadRequestSource } from './leadRequests';

/** The type of the cards' panels, as `when` clauses of its menu see it in `webviewId`. */
const viewType = 'dashlyLeads.card';

/** The lead cards. Closed with the feature. */
export function card(parts: Parts) {
  const cards = new LeadCards(parts);
  const { selection } = parts;
  const commands = {
    openCard: (...args) => {
      for (const lead of leadsFromArguments(args, selection).slice(0, 1)) cards.open(lead, openOptions(args[1]));
    },
    pinCard: (...args) => {
      for (const lead of leadsFromArguments(args, selection)) cards.pin(lead);
    },
    followEvents: (...args) => {
      for (const lead of leadsFromArguments(args, selection).slice(0, 1)) cards.follow(lead, eventName(args[1]));
    },
    restoreCard: () => cards.restore(),
  } satisfies Record<string, Command>;
  return { commands, disposables: [cards] } satisfies Feature;
}

/** What was in sight before a lead was shown for now. */
interface Sight {
  /** The lead of the preview; undefined when there was none. */
  readonly lead: Lead | undefined;
  readonly cards: readonly CardPanel[];
  readonly texts: readonly vscode.TextEditor[];
}

/** How long a click into a card that closes a search takes to be told by the card, in milliseconds. */
const clickArrives = 150;

/**
 * The lead cards: one preview that follows what is selected, and any number of pinned ones.
 *
 * There is no serializer that would bring cards back after a reload of the window: with one, VS Code would keep each
 * tab's title, which is the lead's name, in its storage on disk.
 */
class LeadCards implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly pinned = new Map<string, CardPanel>();
  private readonly place = this.owned.add(new CardPlace());
  private preview: CardPanel | undefined;
  private connection: Connection | undefined;
  private before: Sight | undefined;
  private restoring: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: Parts) {
    const { current } = parts;
    this.connection = current.connection;
    this.owned.add(current.onDidChangeList(() => this.connectionChanged()));
    this.owned.add(current.onDidChange(() => this.listChanged()));
  }

  /** Shows a lead: in its pinned card if it has one, else in the preview. Does nothing while no app is connected. */
  open(lead: Lead, { preserveFocus = false, forNow = false }: OpenCardOptions = {}): void {
    if (forNow) this.before ??= this.inSight();
    else this.before = undefined;
    const pinned = this.pinned.get(lead.id);
    if (pinned) {
      reveal(pinned, preserveFocus);
    } else if (this.preview) {
      const { panel } = this.preview;
      this.preview.show(lead);
      reveal(this.preview, preserveFocus, panel.visible ? undefined : this.place.columnToShow(panel.viewColumn));
      if (this.preview.panel.active) this.parts.selection.set([lead]);
    } else {
      this.preview = this.create(lead, false, preserveFocus);
    }
    this.previewChanged();
  }

  /**
   * Shows a lead's events as they come in, in its pinned card if it has one, else in the preview.
   * @param only the name of the only events to show
   */
  follow(lead: Lead, only?: string): void {
    this.open(lead);
    (this.pinned.get(lead.id) ?? this.preview)?.followEvents(only);
  }

  /** Gives a lead a card that stays: the preview if it shows the lead, else a new one. */
  pin(lead: Lead): void {
    this.before = undefined;
    const pinned = this.pinned.get(lead.id);
    if (pinned) {
      reveal(pinned, false);
    } else if (this.preview?.lead.id === lead.id) {
      this.preview.pin();
      this.pinned.set(lead.id, this.preview);
      reveal(this.preview, false);
      this.preview = undefined;
    } else {
      const card = this.create(lead, true, false);
      if (card) this.pinned.set(lead.id, card);
    }
    this.previewChanged();
  }

  /** Brings back what was in sight before leads were shown for now, unless the person has taken to what they see. */
  restore(): void {
    const { before } = this;
    if (!before) return;
    clearTimeout(this.restoring);
    this.restoring = setTimeout(() => {
      if (this.before === before) this.bringBack(before);
    }, clickArrives);
  }

  /** Closes every card. */
  dispose(): void {
    clearTimeout(this.restoring);
    this.closeAll();
    this.owned.dispose();
  }

  private get cards(): CardPanel[] {
    return [...this.pinned.values(), ...(this.preview ? [this.preview] : [])];
  }

  private inSight(): Sight {
    return {
      lead: this.preview?.lead,
      cards: this.cards.filter(({ panel }) => panel.visible),
      texts: vscode.window.visibleTextEditors.filter(({ viewColumn }) => viewColumn !== undefined),
    };
  }

  private bringBack({ lead, cards, texts }: Sight): void {
    this.before = undefined;
    const { preview } = this;
    // Something else has come to the front: it was wanted.
    const isInSight = this.cards.some(({ panel }) => panel.visible);
    if (!lead) preview?.panel.dispose();
    else if (preview) {
      preview.show(lead);
      if (preview.panel.active) this.parts.selection.set([lead]);
    }
    if (!isInSight) return;
    for (const card of cards) {
      if (this.cards.includes(card)) reveal(card, true);
    }
    for (const { document, viewColumn } of texts) {
      const isThere = vscode.window.visibleTextEditors.some(
        (editor) => editor.document === document && editor.viewColumn === viewColumn,
      );
      if (!isThere) void vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true });
    }
  }

  private create(lead: Lead, pinned: boolean, preserveFocus: boolean): CardPanel | undefined {
    const { context, masking, log, names, seen, selection } = this.parts;
    const { extensionUri } = context;
    if (!this.connection) return undefined;
    const { key: account } = this.connection;
    const panel = vscode.window.createWebviewPanel(
      viewType,
      leadLabel(lead, masking),
      { viewColumn: this.place.column, preserveFocus },
      { enableScripts: true, localResourceRoots: webviewResources(extensionUri) },
    );
    const card = new CardPanel(
      panel,
      {
        extensionUri,
        source: () => this.source(),
        masking,
        log,
        onLearn: (learnt) => names.learn(account, learnt),
        onTimeZone: (timeZone) => rememberTimeZone(context.globalState, timeZone),
      },
      lead,
      pinned,
    );
    card.onPin = () => this.pin(card.lead);
    card.onUse = () => {
      this.before = undefined;
      selection.set([card.lead]);
    };
    if (!pinned) this.place.opened();
    card.onDidRead((read) => seen.fire({ account, lead: read }));
    panel.onDidChangeViewState(() => {
      if (panel.active) selection.set([card.lead]);
      if (card === this.preview) this.place.isIn(panel.viewColumn);
      this.previewChanged();
    });
    panel.onDidDispose(() => this.closed(card));
    if (!preserveFocus) selection.set([lead]);
    return card;
  }

  private source(): LeadRequestSource {
    if (!this.connection) throw new Error('No app is connected.');
    return this.connection.client;
  }

  private closed(card: CardPanel): void {
    card.dispose();
    if (this.preview === card) this.preview = undefined;
    if (this.pinned.get(card.lead.id) === card) this.pinned.delete(card.lead.id);
    this.previewChanged();
  }

  private closeAll(): void {
    this.before = undefined;
    for (const card of this.cards) card.panel.dispose();
  }

  /** A card's requests go to the app it was opened from, and what is on it belongs to that app. */
  private connectionChanged(): void {
    const { connection } = this.parts.current;
    // The same app by another client: the token was replaced, and the cards read on with the new one.
    const same = isSameApp(connection, this.connection);
    this.connection = connection;
    if (!same) this.closeAll();
    else for (const card of this.cards) card.retry();
  }

  private listChanged(): void {
    for (const card of this.cards) {
      const lead = this.parts.current.find(card.lead.id);
      if (lead) card.updateListed(lead);
    }
  }

  private previewChanged(): void {
    setContextKey('previewVisible', this.preview?.panel.visible ?? false);
  }
}

/** Arguments of commands come from anywhere. */
function openOptions(argument: unknown): OpenCardOptions {
  const { preserveFocus, forNow } = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<
    string,
    unknown
  >;
  return { preserveFocus: preserveFocus === true, forNow: forNow === true };
}

function eventName(argument: unknown): string | undefined {
  return typeof argument === 'string' && argument !== '' ? argument : undefined;
}

function reveal({ panel }: CardPanel, preserveFocus: boolean, column?: vscode.ViewColumn): void {
  if (!panel.visible || !preserveFocus) panel.reveal(column, preserveFocus);
}
