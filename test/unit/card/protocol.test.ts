import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cardCommands, decodePageMessage, type PageMessage } from '../../../src/card/protocol';
import { dispatch, type Handlers } from '../../../src/webview/messages';

const messages: PageMessage[] = [
  { type: 'ready', timeZone: 'Asia/Tokyo' },
  { type: 'ready', timeZone: undefined },
  { type: 'refresh' },
  { type: 'readHistory' },
  { type: 'replaceToken' },
  { type: 'used' },
  { type: 'openConversation', id: '7' },
  { type: 'readOlderParts' },
  { type: 'openTranscript' },
  { type: 'openInPanel' },
  { type: 'closeConversation' },
  { type: 'chooseEvents' },
  { type: 'showAllEvents' },
  { type: 'follow', on: true },
  { type: 'seeTranscript', on: false },
  ...cardCommands.map((command) => ({ type: 'command', command }) as const),
  ...(['copyValue', 'copyAssignment', 'findByValue', 'openLink', 'showSegment', 'readRaw'] as const).map((type) => ({
    type,
    key: 'prop:$email',
  })),
];

describe('The messages of a card', () => {
  it('are read as they were sent', () => {
    for (const message of messages) assert.deepEqual(decodePageMessage(message), message);
  });

  it('carry nothing but what the protocol knows', () => {
    assert.deepEqual(decodePageMessage({ type: 'copyValue', key: 'id', value: 'more' }), {
      type: 'copyValue',
      key: 'id',
    });
  });

  it('carry no zone but one that is known here', () => {
    for (const timeZone of ['Mars/Olympus', '', 7, undefined, 'x'.repeat(1e6)])
      assert.deepEqual(decodePageMessage({ type: 'ready', timeZone }), { type: 'ready', timeZone: undefined });
  });

  it('are refused when they are not of the protocol', () => {
    const strange = [
      undefined,
      null,
      5,
      'ready',
      [],
      {},
      { type: 'eval' },
      { type: 'copyValue' },
      { type: 'openLink', key: 7 },
      { type: 'command', command: 'workbench.action.quit' },
      { type: 'command' },
      { type: 'openConversation', id: 7 },
      { type: 'seeTranscript', on: 'yes' },
      { type: ['ready'] },
    ];
    for (const value of strange) assert.equal(decodePageMessage(value), undefined, JSON.stringify(value));
  });

  it('never make the decoder throw', () => {
    fc.assert(fc.property(fc.anything(), (value) => void decodePageMessage(value)));
  });

  it('reach the handler of their type', () => {
    const seen: string[] = [];
    const note = ({ type }: PageMessage): void => void seen.push(type);
    const handlers: Handlers<PageMessage> = {
      ready: note,
      refresh: note,
      readHistory: note,
      follow: note,
      command: note,
      copyValue: note,
      copyAssignment: note,
      findByValue: note,
      openLink: note,
      showSegment: note,
      readRaw: note,
      replaceToken: note,
      used: note,
      openConversation: note,
      readOlderParts: note,
      openTranscript: note,
      openInPanel: note,
      closeConversation: note,
      chooseEvents: note,
      showAllEvents: note,
      seeTranscript: note,
    };
    for (const message of messages) dispatch(message, handlers);
    assert.deepEqual(
      seen,
      messages.map(({ type }) => type),
    );
  });
});
