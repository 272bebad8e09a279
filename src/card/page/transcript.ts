import * as l10n from '@vscode/l10n';
import { plural } from '../../language';
import type { Send } from '../protocol';
import type { ShownItem, ShownPart, ShownTranscript } from '../shownCard';
import { element, icon } from '../../webview/element';
import { setChildren } from '../../webview/keyedChildren';
import { dateElement } from '../../webview/time';
import { button, iconButton } from '../../webview/toolkit';
import { factsElement, valueElement } from './valueElement';

/** How far below the edge the latest message may end and still be what is read, in CSS pixels. */
const endTolerance = 24;

/** The messages of one conversation, oldest first; older ones come as one scrolls up to them. */
export class Transcript {
  readonly root = element('section', { class: 'transcript', 'aria-label': l10n.t('Conversation') });
  private readonly title = element('h2', { tabindex: '-1' });
  private readonly older: HTMLElement;
  private readonly note = element('p', { class: 'history-note', role: 'status' });
  private readonly list = element('ol', { class: 'parts' });
  private readonly about = element('div');
  /** What has come in, for screen readers. */
  private readonly news = element('p', { class: 'for-readers', 'aria-live': 'polite' });
  private shown: ShownTranscript | undefined;

  /** @param close is called when the person wants back to the list */
  constructor(
    private readonly send: Send,
    close: () => void,
  ) {
    this.older = button(l10n.t('Show Older Messages'), () => send({ type: 'readOlderParts' }));
    const bar = element(
      'div',
      { class: 'transcript-bar' },
      iconButton('back', l10n.t('Back to All Conversations'), close),
      this.title,
      button(l10n.t('Open as Text'), () => send({ type: 'openTranscript' })),
      button(l10n.t('Open in Admin Panel'), () => send({ type: 'openInPanel' })),
    );
    this.root.append(bar, this.news, this.note, this.older, this.list, this.about);
    this.root.addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key === 'Escape' && !defaultPrevented) close();
    });
    new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting && this.shown?.state === 'read') send({ type: 'readOlderParts' });
    }).observe(this.older);
    new IntersectionObserver((seen) => {
      send({ type: 'seeTranscript', on: seen.some(({ isIntersecting }) => isIntersecting) });
    }).observe(this.root);
  }

  /** Another conversation, of which nothing has been read. @param item its line in the list */
  open(item: ShownItem | undefined): void {
    this.shown = undefined;
    this.describe(item);
    this.list.replaceChildren();
    this.news.textContent = '';
    this.older.hidden = true;
    this.say(l10n.t('Reading messages…'));
    this.title.focus({ preventScroll: true });
  }

  /** Says what the list knows of it. */
  describe(item: ShownItem | undefined): void {
    const words = [l10n.t('Conversation'), item?.mark?.toLowerCase()].filter((word) => word !== undefined).join(', ');
    if (this.title.textContent !== words) this.title.textContent = words;
    const facts = item?.facts ?? [];
    setChildren(
      this.about,
      facts.length === 0 ? [] : [{ key: 'about', version: JSON.stringify(facts), make: () => this.details(item) }],
    );
  }

  update(transcript: ShownTranscript): void {
    const { parts, state, more } = transcript;
    const isFirst = (this.shown?.parts.length ?? 0) === 0;
    const { scrollHeight: before } = document.documentElement;
    const isOlder = !isFirst && parts[0]?.id !== this.shown?.parts[0]?.id;
    const isAtEnd = this.isEndInSight();
    const known = new Set(this.shown?.parts.map(({ id }) => id));
    const fresh = isFirst ? [] : parts.filter(({ id, arrived }) => arrived && !known.has(id));
    this.shown = transcript;
    setChildren(
      this.list,
      parts.map((part) => ({ key: part.id, version: JSON.stringify(part), make: () => partElement(part) })),
    );
    this.say(noteOf(transcript), state === 'failed');
    this.older.hidden = state === 'reading' || (state === 'failed' ? transcript.again !== true : !more);
    this.older.textContent = state === 'failed' ? l10n.t('Try Again') : l10n.t('Show Older Messages');
    // What is read stays where it is; the first time, that is the latest message.
    if (isFirst && parts.length > 0) this.list.lastElementChild?.scrollIntoView({ block: 'end' });
    else if (isOlder) window.scrollBy(0, document.documentElement.scrollHeight - before);
    // Who reads the latest message sees the next one; who reads an older one is not torn away from it.
    else if (isAtEnd && fresh.length > 0) this.list.lastElementChild?.scrollIntoView({ block: 'end' });
    const latest = fresh.at(-1);
    if (latest)
      this.news.textContent = plural(
        fresh.length,
        l10n.t('{0} new message, {1}: {2}|{0} new messages, {1}: {2}'),
        latest.who,
        latest.text,
      );
  }

  private isEndInSight(): boolean {
    const end = this.list.lastElementChild?.getBoundingClientRect().bottom ?? 0;
    return end <= window.innerHeight + endTolerance;
  }

  private say(words: string, failed = false): void {
    this.note.classList.toggle('failed', failed);
    this.note.replaceChildren(...(failed ? [icon('warning')] : []), words);
    this.note.hidden = words === '';
  }

  private details(item: ShownItem | undefined): HTMLElement {
    const summary = element('summary', {}, l10n.t('All that the service sent of this conversation'));
    return element('details', { class: 'about' }, summary, factsElement(item?.facts ?? [], this.send));
  }
}

function noteOf({ state, parts, more, message }: ShownTranscript): string {
  if (state === 'reading') return parts.length === 0 ? l10n.t('Reading messages…') : l10n.t('Reading older messages…');
  if (state === 'failed') return message ?? l10n.t('The messages could not be read.');
  if (parts.length === 0) return l10n.t('There are no messages.');
  return more ? '' : l10n.t('The conversation begins here.');
}

function partElement(part: ShownPart): HTMLElement {
  const { kind, isLead, who, how, time, text, marks, files, arrived } = part;
  const isNew = arrived ? ' arrived' : '';
  const when = time ? [' ', dateElement(time)] : [];
  if (kind === 'step') {
    return element(
      'li',
      { class: `part step${isNew}` },
      element('bdi', {}, who),
      ' ',
      element('bdi', {}, text),
      ...when,
    );
  }
  const head = element(
    'div',
    { class: 'part-head' },
    element('bdi', { class: 'item-title' }, who),
    element('span', { class: kind === 'note' ? 'mark' : 'quiet' }, how),
    ...(time ? [dateElement(time)] : []),
    ...marks.map((mark) => element('span', { class: 'mark' }, mark)),
  );
  const made = element('li', { class: `part ${kind === 'note' ? 'note' : isLead ? 'lead' : 'other'}${isNew}` }, head);
  if (text !== '') made.append(element('div', { class: 'part-body' }, valueElement({ kind: 'text', text })));
  if (files.length > 0) made.append(element('ul', { class: 'files' }, ...files.map(fileElement)));
  if (text === '' && files.length === 0) made.append(element('div', { class: 'quiet' }, l10n.t('No text')));
  return made;
}

function fileElement({ name, type, size }: ShownPart['files'][number]): HTMLElement {
  const details = [type, size].filter((detail) => detail !== '').join(', ');
  return element(
    'li',
    {},
    icon('file'),
    ' ',
    element('bdi', {}, name),
    ' ',
    element('span', { class: 'quiet' }, details),
  );
}
