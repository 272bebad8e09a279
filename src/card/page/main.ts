import type { CardContent, ShownDetails, ShownHistory } from '../content';
import { type CopyRequest, dispatch, type HostMessage } from '../protocol';
import { connectToHost, element, type Send } from './element';
import { EventsView } from './eventsView';
import { HeaderView } from './headerView';
import { PropertiesView } from './propertiesView';
import { SectionsView } from './sectionsView';
import { keepTimesTrue } from './time';
import { registerControls, tab, type Tab, tabs } from './toolkit';
import { confirmCopy } from './valueView';

/** The whole card. */
export class CardView {
  private readonly header: HeaderView;
  private readonly properties: PropertiesView;
  private readonly events: EventsView;
  private readonly sections: SectionsView;
  private readonly propertiesTab: Tab;
  private readonly eventsTab: Tab;
  private readonly announcement = element('p', { class: 'announcement', role: 'status' });
  private shown: { readonly id: string; readonly details: ShownDetails['state'] } | undefined;

  constructor(
    private readonly root: HTMLElement,
    send: Send,
  ) {
    this.header = new HeaderView(send);
    this.properties = new PropertiesView(send);
    this.events = new EventsView(send);
    this.sections = new SectionsView(send);
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
  if (details.state === 'reading') return `${name}, ${presence.word}. Reading details…`;
  return details.state === 'failed' ? details.message : 'Details read.';
}

registerControls();
const send = connectToHost();
const card = new CardView(document.body.appendChild(element('main')), send);
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  dispatch(data, {
    content: ({ content }) => card.update(content),
    history: ({ history }) => card.updateHistory(history),
    copied: ({ request, key }) => card.confirmCopy(request, key),
  });
});
keepTimesTrue();
send({ type: 'ready' });
