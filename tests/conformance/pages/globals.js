/**
 * No trace in the page: no global, no property of the document, no element, no event, no resource. WHATWG WebSockets
 * §3.1 adds one name to the window, which is there anyway.
 * https://websockets.spec.whatwg.org/#the-websocket-interface
 */

const eventsAtStart = [];
for (const target of [window, document]) {
  for (const type of [
    'message',
    'DOMContentLoaded',
    'readystatechange',
    'storage',
    'securitypolicyviolation',
    'error',
  ]) {
    target.addEventListener(type, (event) => eventsAtStart.push(`${type} ${event.isTrusted}`), true);
  }
}
const firstTimer = setTimeout(() => undefined);
const mutations = [];
new MutationObserver((records) => {
  for (const record of records) for (const node of record.addedNodes) mutations.push(node.nodeName);
}).observe(document, { subtree: true, childList: true, attributes: true });

subtest('properties of the window', () => Object.getOwnPropertyNames(window).sort());
subtest('order of the properties of the window', () => Object.getOwnPropertyNames(window));
subtest('symbols of the window', () => Object.getOwnPropertySymbols(window));
subtest('enumerable properties of the window', () => Object.keys(window).sort());
for (const [name, object] of Object.entries({
  document,
  navigator,
  location,
  history,
  'document.documentElement': document.documentElement,
  'document.head': document.head,
  performance,
  screen,
  console,
})) {
  subtest(`own properties of ${name}`, () => Reflect.ownKeys(object));
}
for (const name of [
  'Object',
  'Function',
  'Array',
  'EventTarget',
  'Event',
  'MessageEvent',
  'Document',
  'Node',
  'Element',
  'Window',
  'Promise',
  'Error',
  'Worker',
  'Performance',
  'Symbol',
  'Reflect',
  'Proxy',
  'JSON',
]) {
  subtest(`keys of ${name}`, () => [
    Reflect.ownKeys(window[name]),
    window[name].prototype ? Reflect.ownKeys(window[name].prototype) : null,
  ]);
}
subtest('functions of the window are native', () =>
  Object.getOwnPropertyNames(window)
    .filter((name) => {
      const { value } = Object.getOwnPropertyDescriptor(window, name);
      return typeof value === 'function' && !/\[native code\]/.test(Function.prototype.toString.call(value));
    })
    .sort(),
);
subtest('elements', () => [...document.querySelectorAll('*')].map((element) => element.outerHTML.slice(0, 100)));
subtest('attributes of the root', () => document.documentElement.getAttributeNames());
subtest('style sheets', () => [document.styleSheets.length, document.adoptedStyleSheets.length]);
subtest('scripts', () => [...document.scripts].map(({ src }) => src));
subtest('resources', () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => !name.startsWith(location.origin)),
);
subtest('marks and measures', () => [
  performance.getEntriesByType('mark').length,
  performance.getEntriesByType('measure').length,
]);
subtest('the first timer', () => firstTimer);
subtest('events', () => eventsAtStart);
subtest('nodes that came', () => mutations);
subtest('storage', () => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]);
subtest('handlers of the window', () =>
  ['onerror', 'onmessage', 'onunhandledrejection', 'onpagehide'].map((name) => window[name]),
);
subtest('window.event', () => window.event);
subtest('history', () => [history.length > 0, history.state]);
subtest('no databases, no caches', async () => [
  await indexedDB.databases(),
  'caches' in window ? await caches.keys() : null,
]);
subtest('guessed events of the page reach nobody', async () => {
  const seen = [];
  for (const target of [document, window, document.documentElement]) {
    for (const type of ['framescope', 'framescope:greeting', 'framescope:document', 'ready', 'content', 'page']) {
      const listener = (event) => seen.push([type, event.target === target, event.relatedTarget ?? null]);
      target.addEventListener(type, listener);
      for (const event of [
        new Event(type),
        new CustomEvent(type, { detail: '{"type":"off"}' }),
        new MouseEvent(type),
        new MouseEvent(type, { relatedTarget: document.createElement('i') }),
      ]) {
        seen.push(target.dispatchEvent(event), event.defaultPrevented, event.detail);
      }
      target.removeEventListener(type, listener);
    }
  }
  return seen;
});
subtest('messages of the page reach nobody', async () => {
  const seen = [];
  const over = new Promise((resolve) => {
    window.addEventListener('message', ({ data }) => {
      seen.push(data);
      if (data === 'last') resolve();
    });
  });
  for (const data of [
    { framescope: 'here' },
    { framescope: 'where' },
    { type: 'start', ring: true, stacks: true },
    'last',
  ])
    window.postMessage(data, '*');
  await over;
  return seen;
});
subtest('no runtime to talk to', () => [typeof window.chrome?.runtime, typeof window.browser]);
subtest('events of an iframe that is added', async () => {
  const seen = [];
  for (const type of ['framescope:greeting', 'framescope:realm', 'ready', 'content']) {
    for (const target of [window, document]) target.addEventListener(type, () => seen.push(type), true);
  }
  const frame = document.body.appendChild(document.createElement('iframe'));
  frame.contentWindow.WebSocket.name;
  await turn();
  frame.remove();
  return seen;
});
