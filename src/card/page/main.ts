import {
  type CardContent,
  type CopyRequest,
  dispatch,
  type HostMessage,
  type ShownDetails,
  type ShownHistory,
} from '../protocol';
import { connectToHost, element, type Send } from './element';
import { EventTable } from './eventTable';
import { Header } from './header';
import { PropertyGrid } from './propertyGrid';
import { SectionList } from './sectionList';
import { keepTimesTrue, setHostClock } from './time';
import { registerControls, tab, type Tab, tabs } from './toolkit';
import { confirmCopy } from './valueElement';

/** The whole card. */
class CardPage {
  private readonly header: Header;
  private readonly properties: PropertyGrid;
  private readonly events: EventTable;
  private readonly sections: SectionList;
  private readonly propertiesTab: Tab;
  private readonly eventsTab: Tab;
  private readonly announcement = element('p', { class: 'announcement', role: 'status' });
  private shown: { readonly id: string; readonly details: ShownDetails['state'] } | undefined;

  constructor(
    private readonly root: HTMLElement,
    send: Send,
  ) {
    this.header = new Header(send);
    this.properties = new PropertyGrid(send);
    this.events = new EventTable(send);
    this.sections = new SectionList(send);
    this.propertiesTab = tab('properties', 'Properties', this.properties.root);
    this.eventsTab = tab('events', 'Events', this.events.root);
    root.append(
      this.header.root,
      tabs('What is known about this lead', [
        this.propertiesTab,
        this.eventsTab,
        tab('more', 'More', this.sections.root),
      ]),
      this.announcement,
    );
    root.hidden = true;
  }

  /** Paints what is new of the lead; another lead starts at the top. */
  update(content: CardContent): void {
    this.root.hidden = false;
    const another = this.shown?.id !== content.id;
    this.header.update(content);
    this.properties.update(content.groups);
    this.events.update(content.events);
    this.sections.update(content.sections);
    this.propertiesTab.setCount(content.groups.reduce((sum, group) => sum + group.properties.length, 0));
    this.eventsTab.setCount(content.events.length);
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

  /** Says and shows for a moment that a value is in the clipboard. */
  confirmCopy(request: CopyRequest, key: string): void {
    this.announce('Copied.');
    confirmCopy(request, key);
  }

  private announce(text: string): void {
    this.announcement.textContent = text;
  }
}

/** What a screen reader is told: changes of state only, not each refresh. */
function detailsNews({ name, presence, details }: CardContent): string {
  if (details.state === 'reading') return `${name}, ${presence.words}. Reading details…`;
  return details.state === 'failed' ? details.message : 'Details read.';
}

registerControls();
const send = connectToHost();
const card = new CardPage(document.body.appendChild(element('main')), send);
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  dispatch(data, {
    content: ({ content, now }) => {
      setHostClock(now);
      card.update(content);
    },
    history: ({ history }) => card.updateHistory(history),
    copied: ({ request, key }) => card.confirmCopy(request, key),
  });
});
keepTimesTrue();
send({ type: 'ready', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
