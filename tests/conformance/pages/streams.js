/**
 * WHATWG WebSockets §3.2 (proposed), WebSocketStream, where the browser has it: untouched, so all of it is as it was.
 * https://websockets.spec.whatwg.org/
 */

subtest('whether there is one', () => typeof window.WebSocketStream);
if (window.WebSocketStream) {
  subtest('its keys', () => [Reflect.ownKeys(WebSocketStream), Reflect.ownKeys(WebSocketStream.prototype)]);
  subtest('its text', () => [`${WebSocketStream}`, WebSocketStream.name, WebSocketStream.length]);
  subtest('opened, written, read, closed', async () => {
    const stream = new WebSocketStream(`${base}/echo`, { protocols: ['a'] });
    const { readable, writable, protocol, extensions } = await stream.opened;
    const writer = writable.getWriter();
    const reader = readable.getReader();
    await writer.write('text');
    const text = await reader.read();
    await writer.write(new Uint8Array(3));
    const bytes = await reader.read();
    stream.close({ closeCode: 3000, reason: 'over' });
    const { closeCode, reason } = await stream.closed;
    return [
      protocol,
      extensions,
      text,
      bytes.value instanceof ArrayBuffer || ArrayBuffer.isView(bytes.value),
      closeCode,
      reason,
      Reflect.ownKeys(stream),
    ];
  });
  for (const args of [
    [],
    ['ws://exa mple'],
    [`${base}/echo`, { protocols: ['a', 'a'] }],
    [`${base}/echo`, { protocols: 'a' }],
    [`${base}/echo`, { signal: 1 }],
  ]) {
    subtest(`constructor with ${JSON.stringify(args)}`, () => outcome(() => new WebSocketStream(...args)));
  }
  subtest('without new', () => outcome(() => WebSocketStream(`${base}/echo`)));
}
