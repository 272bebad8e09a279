import '../../webview/language';
import * as l10n from '@vscode/l10n';
import type { CopyRequest, HostMessage, Send } from '../protocol';
import type { CardContent, ShownDetails, ShownFollowing, ShownHistory, ShownTranscript } from '../shownCard';
import { dispatch } from '../../webview/messages';
import { connectToHost, element, withValues } from '../../webview/element';
import { Conversations } from './conversations';
import { EventTable } from './eventTable';
import { Header } from './header';
import { PropertyGrid } from './propertyGrid';
import { setChildren } from '../../webview/keyedChildren';
import { SectionList } from './sectionList';
import { hostMoment, keepTimesTrue, relativeTimeElement, setHostClock } from '../../webview/time';
import { registerControls, tab, type Tab, tabs } from '../../webview/toolkit';
import { confirmCopy } from './valueElement';

/** The whole card. */
class CardPage {
  private readonly header: Header;
  private readonly properties: PropertyGrid;
  private readonly events: EventTable;
  private readonly conversations: Conversations;
  private readonly sections: SectionList;
  private readonly propertiesTab: Tab;
  private readonly eventsTab: Tab;
  private readonly conversationsTab: Tab;
  private readonly footer = element('footer', { class: 'footer' });
  private readonly announcement = element('p', { class: 'announcement', role: 'status' });
  private shown: { readonly id: string; readonly details: ShownDetails['state'] } | undefined;

  constructor(
    private readonly root: HTMLElement,
    send: Send,
  ) {
    this.header = new Header(send);
    this.properties = new PropertyGrid(send);
    this.events = new EventTable(send);
    this.conversations = new Conversations(send);
    this.sections = new SectionList(send);
    this.propertiesTab = tab('properties', l10n.t('Properties'), this.properties.root);
    this.eventsTab = tab('events', l10n.t('Events'), this.events.root);
    this.conversationsTab = tab('conversations', l10n.t('Conversations'), this.conversations.root);
    root.append(
      this.header.root,
      tabs(l10n.t('What is known about this lead'), [
        this.propertiesTab,
        this.eventsTab,
        this.conversationsTab,
        tab('more', l10n.t('More'), this.sections.root),
      ]),
      this.footer,
      this.announcement,
    );
    root.hidden = true;
  }

  /** Paints what is new of the lead; another lead starts at the top. */
  update(content: CardContent): void {
    this.root.hidden = false;
    const another = this.shown?.id !== content.id;
    if (another && this.shown) this.conversations.reset();
    this.header.update(content);
    this.properties.update(content.groups, content.details.state === 'read' ? content.details.changes : 0);
    this.events.update(content.events);
    this.conversations.update(content.conversations);
    this.sections.update(content.sections, content.none);
    this.propertiesTab.setCount(content.groups.reduce((sum, group) => sum + group.properties.length, 0));
    this.eventsTab.setCount(content.events.length);
    this.conversationsTab.setCount(content.conversations.items.length);
    const { details } = content;
    setChildren(this.footer, [
      { key: 'details', version: JSON.stringify(details), make: () => detailsLine(details) },
      { key: 'zone', version: '', make: () => element('span', {}, l10n.t('Times are those of {0}.', timeZone)) },
    ]);
    if (another) {
      this.events.updateHistory(undefined);
      window.scrollTo(0, 0);
    }
    if (another || this.shown?.details !== content.details.state) this.announce(detailsNews(content));
    this.shown = { id: content.id, details: content.details.state };
  }

  updateHistory(history: ShownHistory): void {
    this.events.updateHistory(history);
  }

  updateFollowing(following: ShownFollowing): void {
    this.events.updateFollowing(following);
  }

  updateTranscript(transcript: ShownTranscript): void {
    this.conversations.updateTranscript(transcript);
  }

  showEvents(): void {
    this.eventsTab.tab.click();
  }

  /** Shows how the service sent the value of a property. */
  showRaw(key: string, text: string): void {
    this.properties.showRaw(key, text);
    this.announce(text);
  }

  /** Says and shows for a moment that a value is in the clipboard. */
  confirmCopy(request: CopyRequest, key: string): void {
    this.announce(l10n.t('Copied.'));
    confirmCopy(request, key);
  }

  private announce(text: string): void {
    this.announcement.textContent = text;
  }
}

/** What a screen reader is told: changes of state only, not each refresh. */
function detailsNews({ name, presence, details, failure }: CardContent): string {
  if (details.state === 'reading') return l10n.t('{0}, {1}. Reading details…', name, presence.words);
  return failure?.message ?? l10n.t('Details read.');
}

/** When the details were read. */
function detailsLine(details: ShownDetails): HTMLElement {
  const line = element('span', { class: 'details' });
  if (details.state === 'reading') line.append(l10n.t('Reading details…'));
  else if (details.at === undefined) line.append(l10n.t('The details were not read.'));
  else line.append(...withValues(l10n.t('Details read {0}.'), relativeTimeElement(hostMoment(details.at))));
  return line;
}

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

registerControls();
const send: Send = connectToHost();
const card = new CardPage(document.body.appendChild(element('main')), send);
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  dispatch(data, {
    content: ({ content, now }) => {
      setHostClock(now);
      card.update(content);
    },
    history: ({ history }) => card.updateHistory(history),
    transcript: ({ transcript }) => card.updateTranscript(transcript),
    following: ({ following }) => card.updateFollowing(following),
    showEvents: () => card.showEvents(),
    raw: ({ key, text }) => card.showRaw(key, text),
    copied: ({ request, key }) => card.confirmCopy(request, key),
  });
});
keepTimesTrue();
// Whoever clicks into a card means its lead from then on, and a menu asks which lead it is about.
for (const what of ['pointerdown', 'contextmenu']) window.addEventListener(what, () => send({ type: 'used' }), true);
send({ type: 'ready', timeZone });
