import { expect, test } from 'vitest';
import { samplesOf } from '../testing/decoding';
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

const confidence = (...messages: string[]) =>
  actionCable.sniff({ url: '', protocol: '' }, samplesOf(...messages)).confidence;

test('pings of other programs are not taken for it', () => {
  expect(confidence('{"type":"ping","time":1}', '{"type":"disconnect"}')).toBe(0);
  expect(confidence('{"type":"welcome"}', '{"type":"ping"}')).toBe(0);
  expect(confidence('{"identifier":"abc","message":"hello"}')).toBe(0);
});

test('a channel, or a welcome with pings that have the time, tell', () => {
  expect(confidence('{"identifier":"{\\"channel\\":\\"A\\"}","message":"hello"}')).toBe(0.9);
  expect(confidence('{"type":"welcome"}', '{"type":"ping","message":1794500000}')).toBe(0.9);
});
