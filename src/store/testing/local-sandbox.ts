import { errorText, plainValue } from '../../core/decode/plain-value';
import type { FromSandbox, ToSandbox } from '../../core/messages/sandbox';
import type { SandboxWorker } from '../function-decoder';

/** A sandbox that is none: it runs functions here, one frame a turn. What it did is counted. */
export class LocalSandbox implements SandboxWorker {
  static ran = 0;
  static ended = 0;
  onmessage: SandboxWorker['onmessage'] = null;
  onerror: SandboxWorker['onerror'] = null;
  #decode: ((frame: unknown) => unknown) | null = null;
  #ended = false;

  postMessage(message: ToSandbox): void {
    if (message.type === 'code') {
      this.#say({ type: 'alive' });
      this.#compile(message.code);
      return;
    }
    for (const { frame, bytes, text, protocol, ...rest } of message.frames) {
      const given = { bytes, text: text ? new TextDecoder().decode(bytes) : null, subprotocol: protocol, ...rest };
      try {
        LocalSandbox.ran++;
        const { value, left } = plainValue(this.#decode?.(given));
        this.#say({ type: 'result', frame, value, left });
      } catch (error) {
        this.#say({ type: 'failed', frame, message: errorText(error), line: null });
      }
    }
  }

  terminate(): void {
    this.#ended = true;
    LocalSandbox.ended++;
  }

  #compile(code: string): void {
    try {
      // biome-ignore lint/security/noGlobalEval: the code is the test's own.
      this.#decode = globalThis.eval(`${code};decode`);
      this.#say({ type: 'ready' });
    } catch (error) {
      this.#say({ type: 'broken', message: errorText(error), line: null });
    }
  }

  #say(message: FromSandbox): void {
    const data: unknown = structuredClone(message);
    setTimeout(() => {
      if (!this.#ended) this.onmessage?.call(this as unknown as Worker, new MessageEvent('message', { data }));
    });
  }
}
