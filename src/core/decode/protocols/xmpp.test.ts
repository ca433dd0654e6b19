import { expect, test } from 'vitest';
import { nodeAt } from '../testing/decode-all';
import { samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordXmpp } from '../testing/recordings/xmpp';
import type { DecodeContext } from '../types';
import { xmpp } from './xmpp';

const context = (): DecodeContext => ({ url: '', protocol: 'xmpp', direction: 'received', text: true, state: {} });
const decode = (text: string) => xmpp.decode(new TextEncoder().encode(text), context());

protocolSuite(xmpp, await recordXmpp(), {
  rows: [
    '↑ open | open from ada@example.org to example.org',
    '↓ open | open from example.org',
    '↓ stream:features | stream:features mechanisms',
    '↑ auth | auth PLAIN AGFkYQBzZWNyZXQ=',
    '↓ success | success urn:ietf:params:xml:ns:xmpp-sasl',
    '↑ open | open from ada@example.org to example.org',
    '↓ open | open from example.org',
    '↓ stream:features | stream:features bind',
    '↑ iq set bind | iq set bind urn:ietf:params:xml:ns:xmpp-bind',
    '↓ iq result bind | iq result bind urn:ietf:params:xml:ns:xmpp-bind',
    '↑ presence | presence away',
    '↑ message chat | message chat to echo@example.org hello & <bye>',
    '↓ message chat | message chat from echo@example.org hello & <bye>',
    '↑ iq get query | iq get query jabber:iq:roster',
    '↓ iq result query | iq result query jabber:iq:roster',
    '↑ iq get ping | iq get ping urn:xmpp:ping ♥',
    '↓ iq result ping | iq result ping urn:xmpp:ping ♥',
    '↑ iq get query | iq get query urn:unknown',
    '↓ iq error query | iq error query urn:unknown service-unavailable',
    '↑ close | close urn:ietf:params:xml:ns:xmpp-framing',
    '↓ close | close urn:ietf:params:xml:ns:xmpp-framing',
  ],
});

// RFC 7395 §3.4, with a character of three bytes before the attribute looked for.
test('attributes and text have their bytes', () => {
  const decoded = decode('<message id="€" type=\'chat\'><body>ünï&#x20ac;</body></message>');
  expect(nodeAt(decoded.tree, '@type')).toMatchObject({ value: 'chat', start: 18, end: 29 });
  expect(nodeAt(decoded.tree, 'body', '#text')).toMatchObject({ value: 'ünï€', start: 36, end: 49 });
});

test('an element without its end is shown as far as it goes', () => {
  const decoded = decode('<iq type="get" id="1"><query xmlns="jabber:iq:roster"><item');
  expect(decoded.problem).toEqual({ message: 'a tag without its end', at: 59 });
  expect(decoded).toMatchObject({ kind: 'iq get query', parts: [{ pair: { id: 'received 1', role: 'request' } }] });
});

test('text that is no stanza is shown as it is', () => {
  expect(decode('hello')).toMatchObject({ summary: 'hello', kind: '' });
});

test('a long tag without attributes takes no longer than its length', () => {
  const started = performance.now();
  decode(`<a ${'b'.repeat(300_000)}>`);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('stanzas tell by their namespace (RFC 7395 §3.3), other messages in XML are not taken for it', () => {
  const confidence = (text: string) => xmpp.sniff({ url: '', protocol: '' }, samplesOf(text)).confidence;
  expect(confidence('<message id="1"><text>hi</text></message>')).toBe(0);
  expect(confidence('<message id="1"><body xmlns="jabber:client">hi</body></message>')).toBe(0);
  expect(confidence('<message id="1" xmlns=\'jabber:client\'><body>hi</body></message>')).toBe(0.8);
});
