import { client, xml } from '@xmpp/client';
import { type WebSocket as ServerSocket, WebSocket } from 'ws';
import { once, type Recording, recordServer, said } from '../record-server';

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';

/** XMPP: the real client @xmpp/client, a server that follows RFC 7395 and the SASL and binding steps of RFC 6120. */
export async function recordXmpp(): Promise<Recording> {
  const server = await recordServer(serve, { handleProtocols: () => 'xmpp' });
  Object.assign(globalThis, { WebSocket });
  const user = client({
    service: server.url,
    domain: 'example.org',
    username: 'ada',
    password: 'secret',
    resource: 'desk',
  });
  user.on('error', (error) => {
    throw error;
  });
  await user.start();
  await user.send(xml('presence', {}, xml('show', {}, 'away')));
  const heard = once((done) => user.on('stanza', (stanza) => stanza.is('message') && done(stanza)));
  await user.send(xml('message', { type: 'chat', to: 'echo@example.org' }, xml('body', {}, 'hello & <bye>')));
  await heard;
  await user.iqCaller.get(xml('query', { xmlns: 'jabber:iq:roster' }));
  await user.iqCaller.get(xml('ping', { xmlns: 'urn:xmpp:ping' }));
  await user.iqCaller.get(xml('query', { xmlns: 'urn:unknown' })).then(undefined, () => undefined);
  await user.stop();
  await said(server.connections[0]!.messages, 'sent', '<close');
  Reflect.deleteProperty(globalThis, 'WebSocket');
  await server.close();
  return { decoder: 'xmpp', between: '@xmpp/client with a server after RFC 7395', ...server.connections[0]! };
}

function serve(socket: ServerSocket): void {
  let opened = 0;
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    const id = /id="([^"]*)"/.exec(text)?.[1] ?? '';
    const result = (inner: string) => `<iq xmlns="jabber:client" type="result" id="${id}">${inner}</iq>`;
    if (text.startsWith('<open')) {
      opened++;
      socket.send(`<open xmlns="${FRAMING}" from="example.org" id="s${opened}" version="1.0" xml:lang="en"/>`);
      const features =
        opened === 1
          ? `<mechanisms xmlns="${SASL}"><mechanism>PLAIN</mechanism></mechanisms>`
          : '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>';
      socket.send(`<stream:features xmlns:stream="http://etherx.jabber.org/streams">${features}</stream:features>`);
    }
    if (text.startsWith('<auth')) socket.send(`<success xmlns="${SASL}"/>`);
    if (text.startsWith('<close')) socket.send(`<close xmlns="${FRAMING}"/>`);
    if (text.includes('xmpp-bind')) {
      socket.send(result('<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>ada@example.org/desk</jid></bind>'));
    }
    if (text.includes('jabber:iq:roster')) {
      socket.send(result('<query xmlns="jabber:iq:roster"><item jid="grace@example.org" name="Grace"/></query>'));
    }
    if (text.includes('urn:xmpp:ping')) socket.send(result(''));
    if (text.includes('urn:unknown')) {
      const condition = '<service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/>';
      socket.send(`<iq xmlns="jabber:client" type="error" id="${id}"><error type="cancel">${condition}</error></iq>`);
    }
    if (text.startsWith('<message')) {
      socket.send(
        '<message xmlns="jabber:client" type="chat" from="echo@example.org"><body>hello &amp; &lt;bye&gt;</body></message>',
      );
    }
  });
}
