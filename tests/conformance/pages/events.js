/**
 * WHATWG WebSockets §3.1 event handlers and §4 "When a WebSocket message has been received"; DOM §2.9 dispatching.
 * https://websockets.spec.whatwg.org/#feedback-from-the-protocol
 */

/** Runs with an open socket, sends one message, and gives what the listeners wrote when it was dispatched. */
async function dispatched(listen, message = 'data') {
  const socket = await opened();
  const log = [];
  // The first to hear it: those of the subtest may stop the others.
  const heard = new Promise((resolve) => {
    socket.addEventListener('message', resolve, { once: true, capture: true });
  });
  await listen(socket, log);
  socket.send(message);
  await heard;
  await turn();
  await closed(socket);
  return log;
}

const options = {
  nothing: undefined,
  false: false,
  true: true,
  null: null,
  'an empty object': {},
  once: { once: true },
  capture: { capture: true },
  passive: { passive: true },
  'not passive': { passive: false },
  'all of them': { once: true, capture: true, passive: true },
};
for (const [name, option] of Object.entries(options)) {
  subtest(`listener with ${name}`, () =>
    dispatched((socket, log) => {
      socket.addEventListener(
        'message',
        (event) => {
          event.preventDefault();
          log.push([event.defaultPrevented, event.eventPhase, event.currentTarget === socket, event.target === socket]);
        },
        option,
      );
    }),
  );
  subtest(`listener with ${name}, three messages`, async () => {
    const socket = await opened('/script');
    const log = [];
    socket.addEventListener('message', ({ data }) => log.push(data), option);
    let count = 0;
    const over = new Promise((resolve) => {
      socket.onmessage = () => {
        if (++count === 3) resolve();
      };
    });
    socket.send(JSON.stringify({ text: 'again', times: 3 }));
    await over;
    await closed(socket);
    return log;
  });
}

subtest('order of the handler and listeners', () =>
  dispatched((socket, log) => {
    socket.addEventListener('message', () => log.push('first'));
    socket.onmessage = () => log.push('handler');
    socket.addEventListener('message', () => log.push('second'));
    socket.addEventListener('message', () => log.push('capturing'), true);
  }),
);
subtest('a handler that is replaced keeps its place', () =>
  dispatched((socket, log) => {
    socket.onmessage = () => log.push('old');
    socket.addEventListener('message', () => log.push('listener'));
    socket.onmessage = () => log.push('new');
  }),
);
subtest('a handler that was null loses its place', () =>
  dispatched((socket, log) => {
    socket.onmessage = () => log.push('old');
    socket.addEventListener('message', () => log.push('listener'));
    socket.onmessage = null;
    socket.onmessage = () => log.push('new');
  }),
);
subtest('the same listener twice', () =>
  dispatched((socket, log) => {
    const listener = () => log.push('once');
    socket.addEventListener('message', listener);
    socket.addEventListener('message', listener);
    socket.addEventListener('message', listener, true);
  }),
);
subtest('handleEvent', () =>
  dispatched((socket, log) => {
    const listener = {
      handleEvent(event) {
        log.push([this === listener, event.data]);
      },
    };
    socket.addEventListener('message', listener);
  }),
);
subtest('handleEvent that comes later, and a getter', () =>
  dispatched((socket, log) => {
    const listener = {};
    socket.addEventListener('message', listener);
    Object.defineProperty(listener, 'handleEvent', {
      get() {
        log.push('asked');
        return () => log.push('called');
      },
    });
  }),
);
subtest('this of handler and listener', () =>
  dispatched((socket, log) => {
    socket.onmessage = function handler() {
      log.push(this === socket);
    };
    socket.addEventListener('message', function listener() {
      log.push(this === socket);
    });
  }),
);
subtest('stopImmediatePropagation', () =>
  dispatched((socket, log) => {
    socket.addEventListener('message', (event) => {
      log.push('first');
      event.stopImmediatePropagation();
    });
    socket.addEventListener('message', () => log.push('never'));
    socket.onmessage = () => log.push('never');
  }),
);
subtest('stopPropagation', () =>
  dispatched((socket, log) => {
    socket.addEventListener('message', (event) => event.stopPropagation(), true);
    socket.addEventListener('message', (event) => log.push(event.cancelBubble));
  }),
);
subtest('a signal', () =>
  dispatched((socket, log) => {
    const controller = new AbortController();
    socket.addEventListener('message', () => log.push('never'), { signal: controller.signal });
    socket.addEventListener('message', () => log.push('listener'), { signal: new AbortController().signal });
    controller.abort();
  }),
);
subtest('a signal aborted by an earlier listener', () =>
  dispatched((socket, log) => {
    const controller = new AbortController();
    socket.addEventListener('message', () => controller.abort());
    socket.addEventListener('message', () => log.push('never'), { signal: controller.signal });
  }),
);
subtest('removed by an earlier listener, and added by one', () =>
  dispatched((socket, log) => {
    const removed = () => log.push('never');
    socket.addEventListener('message', () => {
      socket.removeEventListener('message', removed);
      socket.addEventListener('message', () => log.push('too late'));
    });
    socket.addEventListener('message', removed);
  }),
);
subtest('removeEventListener with the wrong capture', () =>
  dispatched((socket, log) => {
    const listener = () => log.push('called');
    socket.addEventListener('message', listener);
    socket.removeEventListener('message', listener, true);
  }),
);
subtest('what the handler gives back', () =>
  dispatched((socket, log) => {
    socket.onmessage = (event) => {
      setTimeout(() => log.push(event.defaultPrevented));
      return false;
    };
  }),
);
subtest('all that an event has', () =>
  dispatched((socket, log) => {
    socket.onmessage = (event) => {
      log.push(event, event.ports, event.source, event.composedPath().length, event.returnValue);
      log.push(Reflect.ownKeys(event), Object.getPrototypeOf(event) === MessageEvent.prototype, event.userActivation);
      log.push(event.srcElement === socket, window.event === event, event.timeStamp <= performance.now());
    };
  }),
);
subtest('the same data each time it is asked for', () =>
  dispatched((socket, log) => {
    socket.binaryType = 'arraybuffer';
    let first;
    socket.addEventListener('message', (event) => {
      first = event.data;
      log.push(event.data === event.data);
    });
    socket.addEventListener('message', (event) => log.push(event.data === first, Object.isFrozen(event.data)));
  }, new Uint8Array(4)),
);
subtest('data that is detached by the page', () =>
  dispatched((socket, log) => {
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', (event) => {
      structuredClone(event.data, { transfer: [event.data] });
      log.push(event.data.byteLength);
    });
  }, new Uint8Array(4)),
);
for (const types of [
  ['blob', 'arraybuffer'],
  ['arraybuffer', 'blob'],
]) {
  subtest(`binaryType changed from ${types[0]} to ${types[1]} between messages`, async () => {
    const socket = await opened();
    const seen = [];
    for (const type of [...types, ...types]) {
      socket.binaryType = type;
      socket.send(new Uint8Array(3));
      const { data } = await next(socket, 'message');
      seen.push(data, data.constructor === (type === 'blob' ? Blob : ArrayBuffer));
    }
    await closed(socket);
    return seen;
  });
  subtest(`binaryType changed from ${types[0]} to ${types[1]} in a listener`, async () => {
    const socket = await opened('/script');
    const seen = [];
    [socket.binaryType] = types;
    const over = new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        seen.push(data);
        [, socket.binaryType] = types;
        if (seen.length === 3) resolve();
      });
    });
    socket.send(JSON.stringify({ binary: 'AQID', times: 3 }));
    await over;
    await closed(socket);
    return seen;
  });
}
subtest('a message of the page is no message of the server', async () => {
  const socket = await opened();
  const seen = [];
  for (const type of ['open', 'message', 'error', 'close', 'own']) {
    socket.addEventListener(type, (event) => seen.push(event));
  }
  const made = new MessageEvent('message', { data: { any: 'thing' } });
  seen.push(socket.dispatchEvent(made), socket.dispatchEvent(new Event('own', { cancelable: true })));
  seen.push(socket.dispatchEvent(new Event('message')), socket.dispatchEvent(new CloseEvent('close', { code: 1 })));
  seen.push(
    outcome(() => socket.dispatchEvent(made)),
    outcome(() => socket.dispatchEvent({})),
    socket.readyState,
  );
  await closed(socket);
  return seen;
});
subtest('microtasks between listeners', () =>
  dispatched((socket, log) => {
    for (const name of ['first', 'second']) {
      socket.addEventListener('message', () => {
        log.push(name);
        queueMicrotask(() => log.push(`microtask of ${name}`));
        Promise.resolve().then(() => log.push(`promise of ${name}`));
      });
    }
  }),
);
subtest('microtasks within a synthetic dispatch', async () => {
  const socket = await opened();
  const log = [];
  queueMicrotask(() => log.push('microtask'));
  socket.addEventListener('message', () => log.push('listener'));
  socket.dispatchEvent(new MessageEvent('message'));
  log.push('after');
  await closed(socket);
  return log;
});
subtest('one task for each message', async () => {
  const socket = await opened('/script');
  const log = [];
  const over = new Promise((resolve) => {
    socket.onmessage = () => {
      log.push('message');
      queueMicrotask(() => log.push('microtask'));
      if (log.length >= 8) resolve();
    };
  });
  socket.send(JSON.stringify({ text: 'x', times: 5 }));
  await over;
  await closed(socket);
  return log;
});
subtest('an exception in a listener reaches the window, and the next listener is called', async () => {
  const errors = [];
  const onError = (...args) => {
    errors.push(args);
    return true;
  };
  window.onerror = onError;
  const log = await dispatched((socket, seen) => {
    socket.addEventListener('message', function failing() {
      throw new RangeError('of a listener');
    });
    socket.onmessage = function failingHandler() {
      throw new TypeError('of a handler');
    };
    socket.addEventListener('message', () => seen.push('next'));
  });
  window.onerror = null;
  return [log, errors];
});
subtest('an exception in each other kind of event', async () => {
  const errors = [];
  window.onerror = (...args) => errors.push(args) > 0;
  const socket = new WebSocket(`${base}/missing`);
  for (const type of ['error', 'close']) {
    socket.addEventListener(type, () => {
      throw new Error(`of ${type}`);
    });
  }
  await next(socket, 'close');
  window.onerror = null;
  return errors;
});
subtest('a promise that is rejected in a listener', async () => {
  const rejected = next(window, 'unhandledrejection');
  await dispatched((socket) => {
    socket.addEventListener('message', async () => {
      throw new RangeError('of an asynchronous listener');
    });
  });
  const event = await rejected;
  event.preventDefault();
  return event.reason;
});
/** Without the calls that led to the task, which Firefox adds while DevTools are open. */
const ownCalls = ({ stack }) => stack.split(/\n[^\n]*\*/)[0];

subtest('the stack within a listener', () =>
  dispatched((socket, log) => {
    socket.addEventListener('message', () => log.push(ownCalls(new Error('here'))));
    socket.onmessage = () => log.push(ownCalls(new Error('there')));
  }),
);
subtest('the stack within a listener of a synthetic event', async () => {
  const socket = await opened();
  const log = [];
  socket.addEventListener('message', () => log.push(ownCalls(new Error('here'))));
  socket.dispatchEvent(new MessageEvent('message'));
  await closed(socket);
  return log;
});
subtest('open comes after the constructor, in a task of its own', async () => {
  const log = [];
  const socket = new WebSocket(`${base}/echo`);
  socket.onopen = () => log.push('open');
  queueMicrotask(() => log.push('microtask'));
  log.push('constructed');
  await next(socket, 'open');
  await closed(socket);
  return log;
});
subtest('fragments come as one message', async () => {
  const socket = await opened('/script');
  socket.send(JSON.stringify({ fragments: ['a', 'b', 'ä'] }));
  const event = await next(socket, 'message');
  await closed(socket);
  return event.data;
});
subtest('pings are not seen', async () => {
  const socket = await opened('/script');
  const seen = [];
  socket.onmessage = ({ data }) => seen.push(data);
  socket.send(JSON.stringify([{ ping: 'a' }, { text: 'after' }]));
  await next(socket, 'message');
  await closed(socket);
  return seen;
});
for (const size of [0, 1, 125, 126, 65_535, 65_536, 1 << 20, 3 << 20]) {
  for (const type of ['text', 'binary']) {
    subtest(`a ${type} message of ${size} bytes from the server`, async () => {
      const socket = new WebSocket(
        `${base}/flood?count=1&size=${Math.max(size, 40)}&binary=${type === 'binary' ? 1 : 0}`,
      );
      socket.binaryType = 'arraybuffer';
      const { data } = await next(socket, 'message');
      await closed(socket);
      return data;
    });
  }
}
