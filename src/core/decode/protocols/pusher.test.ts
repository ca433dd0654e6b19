import { protocolSuite } from '../testing/protocol-suite';
import { recordPusher } from '../testing/recordings/pusher';
import { pusher } from './pusher';

protocolSuite(pusher, await recordPusher(), {
  rows: [
    '↓ pusher:connection_established | pusher:connection_established {socket_id: "1.2", activity_timeout: 30}',
    '↑ pusher:subscribe trades | pusher:subscribe trades {auth: "", channel: "trades"}',
    '↓ pusher_internal:subscription_succeeded trades | pusher_internal:subscription_succeeded trades {}',
    '↓ trade trades | trade trades {symbol: "AU", price: 2650}',
    '↑ pusher:subscribe private-room | pusher:subscribe private-room {auth: "app-key:signature", channel: "private-room"}',
    '↓ pusher_internal:subscription_succeeded private-room | pusher_internal:subscription_succeeded private-room {}',
    '↑ client-typing private-room | client-typing private-room {user: "ada"}',
    '↑ pusher:ping | pusher:ping {} ♥',
    '↓ pusher:pong | pusher:pong ♥',
    '↑ pusher:unsubscribe trades | pusher:unsubscribe trades {channel: "trades"}',
  ],
});
