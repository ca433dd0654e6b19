import { errorText, plainValue } from '../core/decode/plain-value';
import type { FromSandbox, SandboxFrame } from '../core/messages/sandbox';
import { confine } from './confine';

/** What the errors call the user's code. */
const NAME = 'decoder.js';

const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
const utf8 = new TextDecoder();
const tellPage = scope.postMessage.bind(scope) as (message: FromSandbox) => void;
// By another name its code does not see the variables of this module.
// biome-ignore lint/security/noGlobalEval: to run the user's text as code is what this Worker is for.
const run = globalThis.eval;

type Decode = (frame: unknown) => unknown;

/** Line of the user's code in which something was thrown, as far as the browser tells. */
function lineOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { stack, lineNumber } = error as Error & { lineNumber?: unknown };
  // Firefox tells of a syntax error where it is, and puts it into the stack of nobody.
  if (error.name === 'SyntaxError' && typeof lineNumber === 'number') return lineNumber;
  const place = /decoder\.js:(\d+)/.exec(String(stack));
  return place ? Number(place[1]) : null;
}

async function answer(
  decode: Decode,
  { bytes, text, direction, url, protocol, frame }: SandboxFrame,
): Promise<FromSandbox> {
  try {
    const given = decode({ bytes, text: text ? utf8.decode(bytes) : null, direction, url, subprotocol: protocol });
    const { value, left } = plainValue(given instanceof Promise ? await given : given);
    return { type: 'result', frame, value, left };
  } catch (error) {
    return { type: 'failed', frame, message: errorText(error), line: lineOf(error) };
  }
}

function serve(port: MessagePort, decode: Decode): void {
  const queue: SandboxFrame[] = [];
  let busy = false;
  port.onmessage = async ({ data }: MessageEvent<{ frames: SandboxFrame[] }>) => {
    queue.push(...data.frames);
    if (busy) return;
    busy = true;
    for (let next = queue.shift(); next; next = queue.shift()) port.postMessage(await answer(decode, next));
    busy = false;
  };
}

/** Makes the user's code a function, where nothing but the language is left. */
function compile(code: string): Decode | null {
  confine(globalThis);
  try {
    const made: unknown = run(`${code}\n;typeof decode === 'function' ? decode : null\n//# sourceURL=${NAME}`);
    if (typeof made === 'function') {
      tellPage({ type: 'ready' });
      return made as Decode;
    }
    tellPage({ type: 'broken', message: 'There is no function called decode', line: null });
  } catch (error) {
    tellPage({ type: 'broken', message: errorText(error), line: lineOf(error) });
  }
  return null;
}

let decode: Decode | null = null;
// The page says the code first, and hands over the port to the store once that has become a function.
scope.addEventListener('message', ({ data, ports: [port] }: MessageEvent<unknown>) => {
  if (port !== undefined && decode !== null) serve(port, decode);
  else if (typeof data === 'string') decode = compile(data);
});
tellPage({ type: 'alive' });
