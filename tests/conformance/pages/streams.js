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

  for (const init of [
    undefined,
    {},
    { closeCode: 3456, reason: 'over' },
    { reason: 'alone' },
    { reason: '' },
    { closeCode: 1000 },
    { code: 3456 },
    true,
    { closeCode: 999 },
    { closeCode: 1001 },
    { closeCode: 5000 },
    { reason: 'x'.repeat(124) },
  ]) {
    subtest(`close with ${JSON.stringify(init)}`, async () => {
      const stream = new WebSocketStream(`${base}/echo`);
      await stream.opened;
      const result = outcome(() => stream.close(init));
      if ('thrown' in result) {
        stream.close();
        await stream.closed;
        return result;
      }
      return stream.closed.then(
        ({ closeCode, reason }) => [closeCode, reason],
        (error) => [error.name, error.message],
      );
    });
  }
  const ends = {
    'closing the writable': ({ writable }) => writable.getWriter().close(),
    'aborting the writable': ({ writable }) => writable.abort('why'),
    'cancelling the readable': ({ readable }) => readable.cancel('why'),
    'an error of WebSocketError': ({ writable }) =>
      writable.abort(new WebSocketError('why', { closeCode: 3001, reason: 'told' })),
    'writing what cannot be sent': ({ writable }) => writable.getWriter().write(Symbol('s')),
  };
  for (const [name, run] of Object.entries(ends)) {
    subtest(`ended by ${name}`, async () => {
      const stream = new WebSocketStream(`${base}/echo`);
      const ended = run(await stream.opened).then(
        () => 'done',
        (error) => [error.name, error.message],
      );
      const over = stream.closed.then(
        ({ closeCode, reason }) => [closeCode, reason],
        (error) => [error.name, error.message, error.closeCode, error.reason],
      );
      const end = await ended;
      stream.close();
      return [end, await over];
    });
  }
  subtest('closed while the handshake goes on', async () => {
    const stream = new WebSocketStream(`${base}/slow?ms=60000`);
    stream.close();
    const results = await Promise.allSettled([stream.opened, stream.closed]);
    return results.map(({ status, reason }) => [status, reason?.name, reason?.message]);
  });
  subtest('aborted by a signal', async () => {
    const controller = new AbortController();
    const stream = new WebSocketStream(`${base}/slow?ms=60000`, { signal: controller.signal });
    controller.abort();
    const results = await Promise.allSettled([stream.opened, stream.closed]);
    return results.map(({ status, reason }) => [status, reason?.name, reason?.message]);
  });
  subtest('a handshake that fails', async () => {
    const stream = new WebSocketStream(`${base}/missing`);
    const results = await Promise.allSettled([stream.opened, stream.closed]);
    return results.map(({ status, reason }) => [status, reason?.name, reason?.message]);
  });
  for (const init of [undefined, {}, { closeCode: 3000 }, { closeCode: 1 }, { reason: 'why' }]) {
    subtest(`WebSocketError with ${JSON.stringify(init)}`, () =>
      outcome(() => {
        const { name, message, closeCode, reason } = new WebSocketError('text', init);
        return [name, message, closeCode, reason];
      }),
    );
  }
}
