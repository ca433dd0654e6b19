/** The address of one of the server's WebSocket endpoints. */
export const wsUrl = (path) => `ws://${location.host}${path}`;

/** The other of the two origins that this server has: `localhost` for `127.0.0.1`, and the other way round. */
export const otherOrigin = () =>
  `http://${location.hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${location.port}`;
