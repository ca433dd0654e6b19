import { STATUS_CODES } from 'node:http';
import { type Endpoint, whole } from './endpoint';

/** `/refuse?status=403`: answers the handshake with that status, which the page itself is never told. */
export const refuseEndpoint: Endpoint = {
  path: '/refuse',
  admit({ socket, query }) {
    const status = whole(query, 'status', 403, 200, 599);
    const body = `The demo refuses this handshake with ${status}.\n`;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nContent-Type: text/plain\r\n` +
        `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    return false;
  },
};

/** `/bad-accept`: answers the handshake with a wrong `Sec-WebSocket-Accept`. */
export const badAcceptEndpoint: Endpoint = {
  path: '/bad-accept',
  admit({ socket }) {
    socket.end(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Accept: bm90IHRoZSByaWdodCBvbmU=\r\n\r\n',
    );
    return false;
  },
};
