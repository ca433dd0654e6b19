import { createCapture } from './capture';
import { openChannel } from './channel';
import { obey } from './commands';
import * as native from './natives';
import { shareOriginals } from './originals';
import { patchWebSocket } from './patch';

// A page's own settings or another extension may have taken it away.
if ('send' in native.socket) {
  const post = openChannel(
    () => capture.wait(),
    (json) => obey(json, capture, patched, post),
  );
  const capture = createCapture(post, () => patched.restore());
  shareOriginals();
  const patched = patchWebSocket(capture);
}
