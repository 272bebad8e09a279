import { dispatch, type HostMessage } from '../protocol';
import { CardView } from './cardView';
import { element } from './element';
import { keepTimesTrue } from './time';
import { registerControls } from './toolkit';
import { connectToHost } from './vscodeApi';

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
