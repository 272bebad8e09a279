import * as l10n from '@vscode/l10n';
import type { CardCommand, Send } from '../protocol';
import type { CardContent, ShownContact, ShownFailure, ShownRemark } from '../shownCard';
import type { PageValue } from '../../webview/messages';
import { element, icon, type IconName, withValues } from '../../webview/element';
import { setChildren, type Keyed } from '../../webview/keyedChildren';
import { shownText } from '../../webview/shownText';
import { dateTitle, hostMoment, relativeTimeElement } from '../../webview/time';
import { button, iconButton } from '../../webview/toolkit';
import { toolbar } from '../../webview/toolbar';
import { copyButton, valueElement } from './valueElement';

/** The commands of the toolbar, in their order. */
const commands: readonly (readonly [IconName, string, CardCommand])[] = [
  ['pin', l10n.t('Keep This Card Open'), 'pinCard'],
  ['copy', l10n.t('Copy JSON'), 'copyJson'],
  ['braces', l10n.t('Open JSON'), 'openJson'],
  ['compare', l10n.t('Compare With…'), 'compareWith'],
  ['earlier', l10n.t('Compare With Earlier State'), 'compareWithEarlier'],
];

/** The longest contact of the header, in characters: the properties have it in full. */
const longestContact = 100;

/** Who the lead is and whether they are here, what they can be reached by, and what can be done with the whole of it. */
export class Header {
  readonly root = element('header', { class: 'header' });
  private readonly who = element('div', { class: 'who' });
  private readonly commands = toolbar('commands', l10n.t('This lead'));
  private readonly contacts = toolbar('contacts', l10n.t('Contacts'));
  private readonly notices = element('div', { class: 'notices' });

  constructor(private readonly send: Send) {
    this.root.append(this.who, this.commands, this.contacts, this.notices);
  }

  /** Paints what is new. */
  update(content: CardContent): void {
    const { contacts, removed, failure, pinned, masked, details } = content;
    this.paintWho(content);
    setChildren(this.commands, this.buttons(pinned));
    setChildren(this.contacts, [
      ...contacts.map((contact) => keyed(contact.key, contact, () => this.contact(contact))),
      ...(masked
        ? [keyed('masked', '', () => element('span', { class: 'masked' }, l10n.t('Contacts are masked')))]
        : []),
    ]);
    const shownAt = details.state === 'failed' ? details.at : undefined;
    setChildren(this.notices, [
      ...(removed ? [keyed('removed', removed, () => removedNotice(removed))] : []),
      ...(failure ? [keyed('failure', [failure, shownAt], () => this.failure(failure, shownAt))] : []),
    ]);
  }

  private paintWho({ name, presence, page, lastSeen }: CardContent): void {
    setChildren(this.who, [
      keyed('name', name, () => element('h1', {}, element('bdi', {}, name))),
      keyed('presence', presence, () =>
        element(
          'span',
          { class: `presence ${presence.state}` },
          element('span', { class: 'dot', 'aria-hidden': 'true' }),
          presence.words,
        ),
      ),
      ...(page
        ? [
            keyed('page', page, () =>
              element(
                'span',
                { class: 'page', title: page.address },
                ...withValues(l10n.t('on {0}'), element('bdi', {}, page.title)),
              ),
            ),
          ]
        : []),
      ...(lastSeen
        ? [
            keyed('last-seen', lastSeen, () =>
              element(
                'span',
                { class: 'last-seen' },
                ...withValues(l10n.t('last seen {0}'), relativeTimeElement(lastSeen)),
              ),
            ),
          ]
        : []),
    ]);
  }

  private buttons(pinned: boolean): Keyed[] {
    const { send } = this;
    const command = ([name, label, command]: (typeof commands)[number]): Keyed =>
      keyed(command, '', () => iconButton(name, label, () => send({ type: 'command', command })));
    return [
      ...commands.filter((each) => each[2] !== 'pinCard' || !pinned).map(command),
      keyed('refresh', '', () => iconButton('refresh', l10n.t('Refresh'), () => send({ type: 'refresh' }))),
      keyed('more', '', () => this.menuButton()),
    ];
  }

  /** Opens the menu that VS Code shows for a card: that of the right mouse button, at the button's lower edge. */
  private menuButton(): HTMLElement {
    const made = iconButton('more', l10n.t('More Actions…'), () => {
      const { left, bottom } = made.getBoundingClientRect();
      made.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: left, clientY: bottom }));
    });
    made.setAttribute('aria-haspopup', 'menu');
    return made;
  }

  private contact(contact: ShownContact): HTMLElement {
    const { key, title, value, isPlain, remark } = contact;
    const text = shownText(value);
    const shown = text.length > longestContact ? `${text.slice(0, longestContact)}…` : text;
    const made = element(
      'span',
      { class: 'contact' },
      element('span', { class: isPlain ? 'for-readers' : 'contact-title' }, `${title} `),
      element('bdi', { class: 'contact-text' }, shown),
    );
    if (remark) made.append(' ', remarkElement(remark));
    made.append(copyButton('copy', l10n.t('Copy {0}', title), 'copyValue', key, this.send));
    return made;
  }

  private failure({ message, action }: ShownFailure, shownAt: number | undefined): HTMLElement {
    const words = element('span', { class: 'notice-words' }, message);
    if (shownAt !== undefined)
      words.append(' ', ...withValues(l10n.t('Shown as read {0}.'), relativeTimeElement(hostMoment(shownAt))));
    const act = button(action === 'replaceToken' ? l10n.t('Replace Token…') : l10n.t('Retry'), () =>
      this.send({ type: action }),
    );
    return element('div', { class: 'notice failed' }, icon('warning'), words, act);
  }
}

function remarkElement({ words, isWarning, since }: ShownRemark): HTMLElement {
  const title = since && l10n.t('Since {0}', dateTitle(since));
  const made = element('span', { class: isWarning ? 'remark warns' : 'remark', title }, words);
  if (isWarning) made.prepend(icon('warning'));
  return made;
}

function removedNotice(date: PageValue): HTMLElement {
  const sentence = withValues(l10n.t('This lead was merged into another one, or wiped, {0}.'), valueElement(date));
  const words = element('span', { class: 'notice-words' }, ...sentence);
  return element('div', { class: 'notice' }, icon('warning'), words);
}

function keyed(key: string, version: unknown, make: () => HTMLElement): Keyed {
  return { key, version: JSON.stringify(version), make };
}
