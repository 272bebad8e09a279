import { dispatch, type HostMessage } from '../protocol';
import { CardView } from './cardView';
import { keepTimesTrue } from './time';
import { registerControls } from './toolkit';
import { connectToHost } from './vscodeApi';

registerControls();
const send = connectToHost();
const card = new CardView(document.querySelector('main') as HTMLElement, send);
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  dispatch(data, {
    content: ({ content }) => card.update(content),
    history: ({ history }) => card.updateHistory(history),
    copied: ({ key }) => card.confirmCopy(key),
  });
});
keepTimesTrue();
send({ type: 'ready' });
