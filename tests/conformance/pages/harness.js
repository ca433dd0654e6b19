/**
 * A tiny harness, run in the page's own world. A subtest gives whatever it observed; what it gave with Framescope is
 * compared with what it gave without. Where the standard leaves no choice, `expect` says what it must be.
 */

{
  const functionToString = Function.prototype.toString;
  const objectToString = Object.prototype.toString;
  const { apply } = Reflect;
  const { setTimeout, Promise, JSON, Error } = globalThis;
  const subtests = [];
  const longestText = 400;
  /** What has not come by then never comes, on however busy a machine. In ms. */
  const longest = 30_000;

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

  function hash(text) {
    let sum = 0x811c9dc5;
    for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0;
    return sum.toString(16);
  }

  const short = (text) =>
    text.length > longestText ? `${text.slice(0, 40)}… ${text.length} long, hash ${hash(text)}` : text;

  /** Where an error was thrown is told in the file that is about that, whose page is named so. */
  const withPlaces = document.title === 'stacks';

  function showError(error) {
    const told = `${error.name}: ${error.message} [code=${error.code}]`;
    if (!withPlaces) return told;
    const own = Reflect.ownKeys(error).map((key) => {
      const { value, get, enumerable } = Object.getOwnPropertyDescriptor(error, key);
      const shown = typeof value === 'number' || key === 'fileName' ? `=${value}` : get ? ' accessor' : '';
      return `${String(key)}${shown}${enumerable ? ' enumerable' : ''}`;
    });
    const place = ['filename', 'lineNumber', 'columnNumber', 'result'].map((key) => `${key}=${error[key]}`);
    return `${told} [own: ${own.join(', ')}] [${place.join(', ')}] stack: ${error.stack}`;
  }

  function showEvent(event) {
    const { type, isTrusted, bubbles, cancelable, composed, eventPhase } = event;
    const parts = { type, isTrusted, bubbles, cancelable, composed, eventPhase };
    for (const key of ['code', 'reason', 'wasClean', 'origin', 'lastEventId'])
      if (key in event) parts[key] = event[key];
    return `${objectToString.call(event)} ${JSON.stringify(parts)}`;
  }

  /** What can be told of a value, as text. */
  function show(value, depth = 0) {
    if (typeof value === 'string') return short(JSON.stringify(value));
    if (typeof value === 'function') return `function ${short(apply(functionToString, value, []))}`;
    if (Object.is(value, -0)) return '-0';
    if (typeof value !== 'object' || value === null) return String(value);
    const tag = objectToString.call(value).slice(8, -1);
    if (tag === 'ArrayBuffer' || tag === 'SharedArrayBuffer') return `${tag} ${short(hex(new Uint8Array(value)))}`;
    if (ArrayBuffer.isView(value)) {
      return `${tag} ${short(hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)))}`;
    }
    if (tag === 'Blob') return `Blob ${value.size} ${value.type}`;
    if (tag === 'Error' || tag === 'DOMException') return showError(value);
    if (tag.endsWith('Event')) return showEvent(value);
    if (tag === 'WebSocket') return `WebSocket ${value.url} ${value.readyState}`;
    if (depth > 4) return tag;
    if (Array.isArray(value)) return `[${value.map((item) => show(item, depth + 1)).join(', ')}]`;
    return `{${Reflect.ownKeys(value)
      .map((key) => `${String(key)}: ${show(value[key], depth + 1)}`)
      .join(', ')}}`;
  }

  /** Declares a subtest; they run one after another. */
  window.subtest = (name, run) => {
    subtests.push({ name, run });
  };

  /** What a function does: its result, or what it throws. */
  window.outcome = (run) => {
    try {
      return { returned: run() };
    } catch (error) {
      return { thrown: error };
    }
  };

  window.expect = (actual, expected) => {
    if (show(actual) !== show(expected)) throw new Error(`expected ${show(expected)}, got ${show(actual)}`);
    return actual;
  };

  window.within = (ms, what, promise) =>
    Promise.race([
      promise,
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`not within ${ms} ms: ${what}`)), ms);
      }),
    ]);

  async function runAll() {
    const results = [];
    for (const { name, run } of subtests) {
      let shown;
      try {
        shown = show(await window.within(longest, name, run()));
      } catch (error) {
        shown = `FAILED ${show(error)}`;
      }
      results.push([name, shown]);
    }
    return results;
  }

  window.finished = new Promise((resolve) => {
    addEventListener('load', () => resolve(runAll()), { once: true });
  });
}
