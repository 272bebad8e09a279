import type { Send } from '../protocol';
import type { ShownSection, ShownTranscript } from '../shownCard';
import { element } from '../../webview/element';
import { SectionList } from './sectionList';
import { Transcript } from './transcript';

/** The conversations in a line each, or the messages of the one that is open. */
export class Conversations {
  readonly root = element('div', { class: 'conversations' });
  private readonly list: SectionList;
  private readonly transcript: Transcript;
  private section: ShownSection | undefined;
  /** The open one's id; undefined as long as the person has opened or closed none: then the host knows. */
  private opened: string | null | undefined;

  constructor(private readonly send: Send) {
    this.list = new SectionList(send, (id) => this.open(id));
    this.transcript = new Transcript(send, () => this.close());
    this.root.append(this.list.root, this.transcript.root);
    this.transcript.root.hidden = true;
  }

  /** Paints what is new. */
  update(section: ShownSection): void {
    this.section = section;
    this.list.update([section], undefined);
    if (typeof this.opened === 'string') this.transcript.describe(this.item(this.opened));
  }

  updateTranscript(transcript: ShownTranscript): void {
    if (this.opened === undefined) this.show(transcript.id);
    if (this.opened === transcript.id) this.transcript.update(transcript);
  }

  /** Another lead is shown. */
  reset(): void {
    this.show(null);
    this.opened = undefined;
  }

  private open(id: string): void {
    this.send({ type: 'openConversation', id });
    this.show(id);
  }

  private close(): void {
    const { opened } = this;
    this.send({ type: 'closeConversation' });
    this.show(null);
    const line = this.list.root.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(opened ?? '')}"]`);
    line?.focus();
  }

  private show(id: string | null): void {
    const isOpen = id !== null;
    this.opened = id;
    this.list.root.hidden = isOpen;
    this.transcript.root.hidden = !isOpen;
    if (isOpen) this.transcript.open(this.item(id));
  }

  private item(id: string): ShownSection['items'][number] | undefined {
    return this.section?.items.find(({ conversation }) => conversation === id);
  }
}
