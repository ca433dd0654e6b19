import { createCapture } from './capture';
import { openChannel } from './channel';
import { obey } from './commands';
import { patchWebSocket } from './patch';

// A page's own settings or another extension may have taken it away.
if (typeof WebSocket === 'function') {
  const channel = openChannel();
  const capture = createCapture((batch) => channel.post(batch));
  channel.listen((json) => obey(json, capture, (answer) => channel.post(answer)));
  patchWebSocket(capture);
}
