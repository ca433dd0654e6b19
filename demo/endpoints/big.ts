import { bigBinary, bigText } from '../payloads';
import { type Endpoint, whole } from './endpoint';

const DEFAULT_SIZE = 16 * 1024 * 1024;
const LARGEST = 256 * 1024 * 1024;

/**
 * `/big?type=text|binary&size=16777216`: sends one message of that size at once, `bigText(size)` or `bigBinary(size)`;
 * to a message from the page it answers with the number of bytes that arrived.
 */
export const bigEndpoint: Endpoint = {
  path: '/big',
  serve({ ws, query }) {
    const size = whole(query, 'size', DEFAULT_SIZE, 40, LARGEST);
    if (query.get('type') === 'binary') ws.send(bigBinary(size), { binary: true });
    else if (query.get('type') !== 'none') ws.send(bigText(size));
    ws.on('message', (data, binary) => {
      const bytes = Array.isArray(data) ? Buffer.concat(data).byteLength : data.byteLength;
      ws.send(JSON.stringify({ type: 'arrived', bytes, binary }));
    });
  },
};
