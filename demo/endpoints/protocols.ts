import type { Endpoint } from './endpoint';

/** What this endpoint speaks, best first. */
const SPOKEN = ['demo.v3', 'demo.v2+json', 'demo.v1'];

/**
 * `/protocols?pick=…`: of the subprotocols offered it takes the one named by `pick`, else the best that it speaks, else
 * none (which makes a browser that offered some give up). Says which, and echoes.
 */
export const protocolsEndpoint: Endpoint = {
  path: '/protocols',
  choose(offered, query) {
    const pick = query.get('pick');
    if (pick && offered.has(pick)) return pick;
    return SPOKEN.find((protocol) => offered.has(protocol)) ?? false;
  },
  serve({ ws, request }) {
    const offered = request.headers['sec-websocket-protocol'] ?? '';
    ws.send(
      JSON.stringify({ type: 'chosen', protocol: ws.protocol, offered: offered.split(/\s*,\s*/).filter(Boolean) }),
    );
    ws.on('message', (data, binary) => ws.send(Array.isArray(data) ? Buffer.concat(data) : data, { binary }));
  },
};
