import { Capture } from './capture';
import { openChannel } from './channel';
import { obey } from './commands';
import { patchWebSocket } from './patch';

// Where there is no WebSocket (a document without a secure context never lacks it, but a page-less one may).
if (typeof WebSocket === 'function') {
  const channel = openChannel();
  const capture = new Capture((batch) => channel.post(batch));
  channel.listen((json) => obey(json, capture, (answer) => channel.post(answer)));
  patchWebSocket(capture);
}
