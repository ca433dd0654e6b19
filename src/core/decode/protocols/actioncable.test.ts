import { protocolSuite } from '../testing/protocol-suite';
import { recordActionCable } from '../testing/recordings/actioncable';
import { actionCable } from './actioncable';

protocolSuite(actionCable, await recordActionCable(), {
  rows: [
    '↓ welcome | welcome',
    '↓ ping | ping 1794500000 ♥',
    '↑ subscribe ChatChannel | subscribe ChatChannel {room: "1"}',
    '↓ confirm_subscription ChatChannel | confirm_subscription ChatChannel {room: "1"}',
    '↑ perform speak ChatChannel | perform ChatChannel {text: "hello", action: "speak"}',
    '↓ received ChatChannel | ChatChannel {echo: {text: "hello", action: "speak"}}',
    '↑ subscribe SecretChannel | subscribe SecretChannel',
    '↓ reject_subscription SecretChannel | reject_subscription SecretChannel',
  ],
});
