/**
 * WHATWG WebSockets §6, the interface CloseEvent; HTML §9.1, MessageEvent, as sockets use it.
 * https://websockets.spec.whatwg.org/#the-closeevent-interface
 */

const inits = {
  nothing: undefined,
  null: null,
  'an empty object': {},
  'all members': { code: 1000, reason: 'why', wasClean: true, bubbles: true, cancelable: true, composed: true },
  'a code as text': { code: '1001' },
  'a code beyond 16 bits': { code: 65_537 },
  'a negative code': { code: -1 },
  'a code that is NaN': { code: Number.NaN },
  'a reason that is a number': { reason: 5 },
  'a reason that is null': { reason: null },
  'a lone surrogate': { reason: '\ud800' },
  'wasClean as text': { wasClean: 'yes' },
  'a symbol as reason': { reason: Symbol('s') },
  'a number': 1,
};
for (const [name, init] of Object.entries(inits)) {
  subtest(`CloseEvent with ${name}`, () => outcome(() => new CloseEvent('close', init)));
  subtest(`MessageEvent with ${name}`, () => outcome(() => new MessageEvent('message', init)));
}
subtest('CloseEvent without a type', () => outcome(() => new CloseEvent()));
subtest('CloseEvent without new', () => outcome(() => CloseEvent('close')));
for (const Class of [CloseEvent, MessageEvent, Event, CustomEvent, EventTarget]) {
  subtest(`${Class.name}: its properties`, () => [Reflect.ownKeys(Class), Reflect.ownKeys(Class.prototype)]);
  subtest(`${Class.name}: its descriptors`, () => Object.getOwnPropertyDescriptors(Class.prototype));
  subtest(`${Class.name}: name, length, text`, () => [Class.name, Class.length, Class]);
}
subtest('members are read in order', () => {
  const log = [];
  const init = new Proxy({}, { get: (_, key) => void log.push(key) });
  new CloseEvent('close', init);
  new MessageEvent('message', init);
  return log;
});
subtest('the CloseEvent of a socket', async () => {
  const socket = await opened('/close?code=4001&reason=why');
  socket.send('now');
  const event = await next(socket, 'close');
  return [
    event,
    Object.getPrototypeOf(event) === CloseEvent.prototype,
    Reflect.ownKeys(event),
    outcome(() => {
      event.code = 1;
    }),
    event.code,
  ];
});
for (const name of ['code', 'reason', 'wasClean']) {
  const { get } = Object.getOwnPropertyDescriptor(CloseEvent.prototype, name);
  for (const receiver of [undefined, {}, new Event('close'), CloseEvent.prototype]) {
    subtest(`getter of ${name} on ${String(receiver)}`, () => outcome(() => Reflect.apply(get, receiver, [])));
  }
}
