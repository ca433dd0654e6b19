import type { Scenario } from './scenario';
import { actionCable } from './scenarios/actioncable';
import { allWrappers } from './scenarios/all-wrappers';
import { amqp } from './scenarios/amqp';
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
import { socketIo2 } from './scenarios/socket-io-2';
import { sockJsClient } from './scenarios/sockjs-client';
import { stompJs } from './scenarios/stompjs';
import { supabase } from './scenarios/supabase';
import { wampy } from './scenarios/wampy';
import { yWebSocket } from './scenarios/y-websocket';
import { zone } from './scenarios/zone';

/** Scenarios that share a browser, by the titles of their tests. */
export const groups: Record<string, Record<string, Scenario>> = {
  'zone.js, Sentry, New Relic and MSW @both': {
    'zone.js': zone,
    '@sentry/browser': sentry,
    '@newrelic/browser-agent': newRelic,
    msw,
    'all of them at once': allWrappers,
  },
  'mock-socket, and wrappers of a page’s own': {
    'mock-socket': mockSocket,
    'wrappers of its own': ownWrappers,
  },
  'Socket.IO, GraphQL and SignalR @both': {
    'socket.io-client': socketIo,
    'socket.io-client 2': socketIo2,
    'graphql-ws': graphqlWs,
    '@microsoft/signalr': signalR,
  },
  'STOMP, SockJS, MQTT, AMQP, NATS and WAMP': {
    '@stomp/stompjs': stompJs,
    'sockjs-client': sockJsClient,
    mqtt,
    '@cloudamqp/amqp-client': amqp,
    'nats.ws': nats,
    wampy,
  },
  'Phoenix, Action Cable, Centrifuge, JSON-RPC and Yjs @both': {
    phoenix,
    '@rails/actioncable': actionCable,
    centrifuge,
    'rpc-websockets': rpcWebSockets,
    'y-websocket': yWebSocket,
  },
  'Pusher, Supabase, Colyseus, and sockets that reconnect': {
    'pusher-js': pusher,
    '@supabase/realtime-js': supabase,
    'colyseus.js': colyseus,
    'reconnecting-websocket': reconnectingWebSocket,
    partysocket: partySocket,
  },
};
