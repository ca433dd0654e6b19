/**
 * WHATWG WebSockets §5, garbage collection: a socket that nobody holds may go, unless it is open and someone listens.
 * Chromium is started with --js-flags=--expose-gc. Firefox cannot be asked, and collects when it likes: no subtests there.
 * https://websockets.spec.whatwg.org/#garbage-collection
 */

/** Collects until it is gone or patience ends. */
async function isCollected(reference, rounds = 12) {
  for (let round = 0; round < rounds; round++) {
    await window.gc({ type: 'major', execution: 'async' });
    await turn();
    if (reference.deref() === undefined) return true;
  }
  return false;
}

const makers = {
  'closed, never heard': async () => {
    const socket = await opened();
    await closed(socket);
    return socket;
  },
  'closed, with listeners': async () => {
    const socket = await opened();
    socket.onmessage = () => 1;
    socket.addEventListener('close', () => 1);
    await closed(socket);
    return socket;
  },
  'closed by the server': async () => {
    const socket = await opened('/close?when=open');
    await next(socket, 'close');
    return socket;
  },
  refused: async () => {
    const socket = new WebSocket(`${base}/missing`);
    await next(socket, 'close');
    return socket;
  },
  'closed, after traffic': async () => {
    const socket = await opened('/script');
    socket.send(JSON.stringify([{ text: 'x', times: 20 }, { close: 1000 }]));
    await next(socket, 'close');
    return socket;
  },
  'open, with a message listener': async () => {
    const socket = await opened();
    socket.onmessage = () => 1;
    return socket;
  },
  'open, never listened to': async () => {
    const socket = new WebSocket(`${base}/echo`);
    while (socket.readyState === WebSocket.CONNECTING) await closed(await opened());
    return socket;
  },
};
if (window.gc) {
  for (const [name, make] of Object.entries(makers)) {
    subtest(`${name}: collected`, async () => {
      const reference = await (async () => new WeakRef(await make()))();
      return isCollected(reference);
    });
  }
  subtest('what was received is collected', async () => {
    const socket = await opened();
    socket.binaryType = 'arraybuffer';
    const reference = await (async () => {
      socket.send(new Uint8Array(100_000));
      return new WeakRef((await next(socket, 'message')).data);
    })();
    const result = await isCollected(reference);
    await closed(socket);
    return result;
  });
  subtest('what was sent is collected', async () => {
    const socket = await opened('/sink');
    const reference = (() => {
      const data = new Uint8Array(100_000);
      socket.send(data);
      return new WeakRef(data.buffer);
    })();
    const result = await isCollected(reference);
    await closed(socket);
    return result;
  });
  subtest('what was sent as a Blob is collected', async () => {
    const socket = await opened('/sink');
    const reference = (() => {
      const data = new Blob(['x'.repeat(1000)]);
      socket.send(data);
      return new WeakRef(data);
    })();
    const result = await isCollected(reference);
    await closed(socket);
    return result;
  });
}
