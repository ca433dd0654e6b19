import { decode, encode } from '@msgpack/msgpack';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigBinary, bigText, type Demo, floodPayload, startDemo } from './server';
import { TestClient } from './test-client';

let demo: Demo;
const open = (path: string, protocols: string[] = []) => new TestClient(demo.wsUrl + path, protocols).open();

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

describe('/echo and the log', () => {
  it('answers text and binary with themselves and logs both sides exactly', async () => {
    const client = await open('/echo?log');
    client.ws.send('grüße 🏔️');
    client.ws.send(Buffer.from([0, 255, 1]));
    client.ws.send('');
    expect(await client.nextText()).toBe('grüße 🏔️');
    expect(await client.next()).toEqual({ binary: true, data: Buffer.from([0, 255, 1]) });
    expect(await client.next()).toEqual({ binary: false, data: Buffer.alloc(0) });
    client.ws.close(3001, 'enough');
    expect(await client.closed).toEqual({ code: 3001, reason: 'enough' });

    const logged = demo.log.last('/echo?log');
    const plain = logged.messages.map(({ direction, binary, data }) => [
      direction,
      binary,
      Buffer.from(data).toString('hex'),
    ]);
    const text = Buffer.from('grüße 🏔️').toString('hex');
    expect(plain.filter(([direction]) => direction === 'sent')).toEqual([
      ['sent', false, text],
      ['sent', true, '00ff01'],
      ['sent', false, ''],
    ]);
    expect(plain.filter(([direction]) => direction === 'received')).toEqual([
      ['received', false, text],
      ['received', true, '00ff01'],
      ['received', false, ''],
    ]);
    expect(logged.tally.sent).toEqual({ messages: 3, bytes: text.length / 2 + 3 });
    expect(logged.closed).toMatchObject({ code: 3001, reason: 'enough' });
  });

  it('compresses where asked', async () => {
    const client = await open('/echo?deflate=1');
    expect(client.ws.extensions).toBe('permessage-deflate');
    client.ws.send('a'.repeat(10_000));
    expect(await client.nextText()).toBe('a'.repeat(10_000));
    expect(demo.log.last('/echo?deflate=1').extensions).toBe('permessage-deflate');
    client.ws.terminate();
  });

  it('takes no compression otherwise', async () => {
    const client = await open('/echo');
    expect(client.ws.extensions).toBe('');
    client.ws.terminate();
  });
});

describe('handshakes', () => {
  it('refuses with the status asked for', async () => {
    await expect(open('/refuse')).rejects.toThrow('403');
    await expect(open('/refuse?status=503')).rejects.toThrow('503');
    await expect(open('/nowhere')).rejects.toThrow('404');
  });

  it('gives a wrong accept key', async () => {
    await expect(open('/bad-accept')).rejects.toThrow('Sec-WebSocket-Accept');
  });

  it('answers late, by at least the time asked for', async () => {
    const start = performance.now();
    const client = await open('/slow?ms=60');
    expect(performance.now() - start).toBeGreaterThanOrEqual(58);
    client.ws.terminate();
  });

  it('chooses a subprotocol', async () => {
    const best = await open('/protocols', ['demo.v1', 'demo.v2+json', 'other']);
    expect(best.ws.protocol).toBe('demo.v2+json');
    expect(JSON.parse(await best.nextText())).toEqual({
      type: 'chosen',
      protocol: 'demo.v2+json',
      offered: ['demo.v1', 'demo.v2+json', 'other'],
    });
    const picked = await open('/protocols?pick=other', ['demo.v1', 'other']);
    expect(picked.ws.protocol).toBe('other');
    await expect(open('/protocols', ['unknown'])).rejects.toThrow('subprotocol');
    best.ws.terminate();
    picked.ws.terminate();
  });
});

describe('/flood', () => {
  it.each([
    ['text', 0, 200],
    ['binary', 1, 200],
    ['small text', 0, 3],
    ['large text', 0, 100_000],
  ])('sends every frame as computed: %s', async (_name, binary, size) => {
    const client = await open(`/flood?count=3000&size=${size}&binary=${binary}&close=1`);
    for (let sequence = 0; sequence < 3000; sequence += 1) {
      const arrived = await client.next();
      const expected = floodPayload(sequence, size, binary === 1);
      if (!arrived.data.equals(expected) || arrived.binary !== (binary === 1)) {
        expect(arrived).toEqual({ binary: binary === 1, data: expected });
      }
    }
    expect(await client.closed).toEqual({ code: 1000, reason: 'flood over' });
    const logged = demo.log.last('/flood');
    expect(logged.tally.received).toEqual({ messages: 3000, bytes: 3000 * size });
    expect(logged.messages).toEqual([]);
  });

  it('waits for the page, and keeps a rate', async () => {
    const client = await open('/flood?count=20&rate=400&wait=1&close=1');
    const start = performance.now();
    client.ws.send('go');
    await client.closed;
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
    expect(demo.log.last('/flood').tally.received.messages).toBe(20);
  });

  it('makes payloads of exact size that are JSON', () => {
    for (const size of [12, 22, 23, 200, 5000, 70_000]) {
      const payload = floodPayload(123_456, size, false);
      expect(payload.byteLength).toBe(size);
      const value: unknown = JSON.parse(payload.toString());
      expect(size < 23 ? value : (value as { seq: number }).seq).toBe(123_456);
    }
    expect(floodPayload(7, 0, false).byteLength).toBe(0);
    expect(floodPayload(258, 10, true)).toEqual(Buffer.from([0, 0, 0, 0, 0, 0, 1, 2, 10, 11]));
  });
});

describe('/big', () => {
  it('sends a large message of either type and counts one', async () => {
    const text = await open('/big?type=text&size=3000000');
    expect(await text.nextText()).toBe(bigText(3_000_000));
    expect(JSON.parse(bigText(3_000_000)).size).toBe(3_000_000);
    const binary = await open('/big?type=binary&size=3000001');
    expect((await binary.next()).data.equals(bigBinary(3_000_001))).toBe(true);
    binary.ws.send(bigBinary(1_000_000));
    expect(JSON.parse(await binary.nextText())).toEqual({ type: 'arrived', bytes: 1_000_000, binary: true });
    text.ws.terminate();
    binary.ws.terminate();
  });
});

describe('/script', () => {
  it('does what it is told, in order', async () => {
    const client = await open('/script');
    client.ws.send(
      JSON.stringify([{ text: 'a', times: 2 }, { wait: 1 }, { binary: 'AP8=' }, { fragments: ['x', 'y'] }]),
    );
    client.ws.send(JSON.stringify({ text: 'after' }));
    expect(await client.nextText()).toBe('a');
    expect(await client.nextText()).toBe('a');
    expect(await client.next()).toEqual({ binary: true, data: Buffer.from([0, 255]) });
    expect(await client.next()).toEqual({ binary: false, data: Buffer.from('xy') });
    expect(await client.nextText()).toBe('after');
    const logged = demo.log.last('/script').messages.filter(({ direction }) => direction === 'received');
    expect(logged.map(({ data }) => Buffer.from(data).toString('latin1'))).toEqual(['a', 'a', '\0\xff', 'xy', 'after']);
    client.ws.send('nonsense');
    expect(JSON.parse(await client.nextText())).toHaveProperty('error');
    client.ws.send('{"what":1}');
    expect(JSON.parse(await client.nextText())).toMatchObject({ error: 'unknown command', command: { what: 1 } });
    client.ws.send(JSON.stringify({ close: 4001, reason: 'told to' }));
    expect(await client.closed).toEqual({ code: 4001, reason: 'told to' });
  });

  it('drops the connection', async () => {
    const client = await open('/script');
    client.ws.send(JSON.stringify({ terminate: true }));
    expect((await client.closed).code).toBe(1006);
  });
});

describe('/close', () => {
  it.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000, 4999])(
    'closes with %i and the reason',
    async (code) => {
      const client = await open(`/close?code=${code}&reason=b%C3%BCe`);
      client.ws.send('now');
      expect(await client.closed).toEqual({ code, reason: 'büe' });
    },
  );

  it('closes without a status, abnormally, and with a code nobody may send', async () => {
    expect((await (await open('/close?code=1005&when=open')).closed).code).toBe(1005);
    expect((await (await open('/close?code=1006&when=open')).closed).code).toBe(1006);
    const broken = await open('/close?code=1015');
    const error = new Promise<Error>((resolve) => broken.ws.once('error', resolve));
    broken.ws.send('now');
    expect((await error).message).toContain('invalid status code 1015');
  });

  it('/unsteady drops after its lines', async () => {
    const client = await open('/unsteady?after=2&ms=2');
    expect(JSON.parse(await client.nextText())).toEqual({ type: 'line', line: 1, of: 2 });
    expect((await client.closed).code).toBe(1006);
  });
});

describe('the parts of the page', () => {
  it('/ticker changes its rate', async () => {
    const client = await open('/ticker?rate=50');
    expect(JSON.parse(await client.nextText())).toEqual({ type: 'rate', perSecond: 50, skipped: 0 });
    expect(JSON.parse(await client.nextText())).toMatchObject({ type: 'trade', seq: 1 });
    client.ws.send('{"type":"rate","perSecond":99999}');
    let message = JSON.parse(await client.nextText());
    while (message.type === 'trade') message = JSON.parse(await client.nextText());
    expect(message).toEqual({ type: 'rate', perSecond: 10_000, skipped: 0 });
    client.ws.terminate();
  });

  it('/telemetry speaks MessagePack', async () => {
    const client = await open('/telemetry?rate=100');
    expect(decode((await client.next()).data)).toMatchObject({ kind: 'reading', seq: 1, device: 'rover-2' });
    client.ws.send(encode({ command: 'mark', note: 'here' }));
    let reply = decode((await client.next()).data) as { kind: string };
    while (reply.kind === 'reading') reply = decode((await client.next()).data) as { kind: string };
    expect(reply).toEqual({ kind: 'done', command: 'mark', note: 'here' });
    client.ws.terminate();
  });

  it('/chat tells everybody', async () => {
    const ada = await open('/chat?ada');
    ada.ws.send(JSON.stringify({ type: 'join', name: 'Ada' }));
    expect(JSON.parse(await ada.nextText())).toMatchObject({ type: 'welcome', name: 'Ada', history: [] });
    expect(JSON.parse(await ada.nextText())).toMatchObject({ type: 'presence', people: ['Mira', 'Otto', 'Ada'] });
    ada.ws.send(JSON.stringify({ type: 'message', ref: 7, text: 'hello' }));
    expect(JSON.parse(await ada.nextText())).toMatchObject({ type: 'message', from: 'Ada', text: 'hello' });
    expect(JSON.parse(await ada.nextText())).toEqual({ type: 'ack', ref: 7, id: 1 });
    expect(JSON.parse(await ada.nextText())).toMatchObject({ type: 'typing' });
    expect(JSON.parse(await ada.nextText())).toMatchObject({ type: 'message', from: 'Otto' });
    ada.ws.terminate();
  });

  it('Socket.IO answers with its own client, and is logged', async () => {
    const socket = io(demo.url, { transports: ['websocket'] });
    const answer: unknown = await socket.emitWithAck('vote', 'tea');
    expect(answer).toEqual({ ok: true, votes: { tea: 1, coffee: 0 } });
    const thumbnail = new Promise((resolve) => socket.once('thumbnail', resolve));
    socket.emit('upload', Buffer.from([1, 2, 3]));
    expect(await thumbnail).toEqual({ size: 3, bytes: Buffer.from([1, 2, 3]) });
    const logged = demo.log.last('/socket.io/').messages;
    const texts = logged.filter(({ binary }) => !binary).map(({ data }) => Buffer.from(data).toString());
    expect(texts).toContain('420["vote","tea"]');
    expect(texts).toContain('430[{"ok":true,"votes":{"tea":1,"coffee":0}}]');
    expect(logged.some(({ binary, direction }) => binary && direction === 'received')).toBe(true);
    socket.disconnect();
  });
});

describe('pages', () => {
  it.each([
    ['/', 'text/html', 'Framescope'],
    ['/main.js', 'text/javascript', 'import'],
    ['/blank?title=%3Cb%3E', 'text/html', '<title>&#60;b&#62;</title>'],
    ['/first', 'text/html', '/echo?from=first'],
    ['/csp', 'text/html', 'nonce="demo"'],
    ['/iframes?n=2', 'text/html', 'name="frame-2"'],
    ['/frame', 'text/html', 'WebSocket'],
    ['/vendor/msgpack/index.mjs', 'text/javascript', 'decode'],
    ['/vendor/socket.io/socket.io.esm.min.js', 'text/javascript', 'io'],
  ])('%s', async (path, type, content) => {
    const response = await fetch(demo.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(await response.text()).toContain(content);
  });

  it.each(['/nothing', '/..%2fserver.ts', '/vendor/msgpack/..%2f..%2fpackage.json', '/vendor/', '/%00'])(
    'does not serve %s',
    async (path) => {
      expect((await fetch(demo.url + path)).status).toBe(404);
    },
  );
});
