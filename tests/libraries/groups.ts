import type { Scenario } from './scenario';
import { actionCable } from './scenarios/actioncable';
import { allWrappers } from './scenarios/all-wrappers';
import { centrifuge } from './scenarios/centrifuge';
import { colyseus } from './scenarios/colyseus';
import { graphqlWs } from './scenarios/graphql-ws';
import { mockSocket } from './scenarios/mock-socket';
import { mqtt } from './scenarios/mqtt';
import { msw } from './scenarios/msw';
import { nats } from './scenarios/nats';
import { newRelic } from './scenarios/new-relic';
import { ownWrappers } from './scenarios/own-wrappers';
import { partySocket } from './scenarios/partysocket';
import { phoenix } from './scenarios/phoenix';
import { pusher } from './scenarios/pusher';
import { reconnectingWebSocket } from './scenarios/reconnecting-websocket';
import { rpcWebSockets } from './scenarios/rpc-websockets';
import { sentry } from './scenarios/sentry';
import { signalR } from './scenarios/signalr';
import { socketIo } from './scenarios/socket-io';
import { sockJsClient } from './scenarios/sockjs-client';
import { stompJs } from './scenarios/stompjs';
import { yWebSocket } from './scenarios/y-websocket';
import { zone } from './scenarios/zone';

/** Scenarios that share a browser, by the titles of their tests. */
export const groups: Record<string, Record<string, Scenario>> = {
  'Sentry, New Relic and MSW @both': {
    '@sentry/browser': sentry,
    '@newrelic/browser-agent': newRelic,
    msw,
    'all wrappers at once': allWrappers,
  },
  'zone.js, mock-socket and wrappers of a page’s own': {
    'zone.js': zone,
    'mock-socket': mockSocket,
    'a subclass, and a wrapper of send': ownWrappers,
  },
  'socket.io-client, graphql-ws and SignalR @both': {
    'socket.io-client': socketIo,
    'graphql-ws': graphqlWs,
    '@microsoft/signalr': signalR,
  },
  'STOMP, SockJS, MQTT, NATS and Pusher': {
    '@stomp/stompjs': stompJs,
    'sockjs-client': sockJsClient,
    mqtt,
    'nats.ws': nats,
    'pusher-js': pusher,
  },
  'Phoenix, Action Cable, Centrifuge, JSON-RPC and Yjs @both': {
    phoenix,
    '@rails/actioncable': actionCable,
    centrifuge,
    'rpc-websockets': rpcWebSockets,
    'y-websocket': yWebSocket,
  },
  'sockets that reconnect, and Colyseus': {
    'reconnecting-websocket': reconnectingWebSocket,
    partysocket: partySocket,
    'colyseus.js': colyseus,
  },
};
