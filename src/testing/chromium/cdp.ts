import type { Readable, Writable } from 'node:stream';
import { RemoteCommands } from '../remote-commands';

/**
 * The Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`: JSON texts, each ended by a NUL byte.
 * The browser ends when the pipe closes, so it never outlives the test runner.
 */
export class Cdp extends RemoteCommands {
  readonly #pipe: Writable;
  #rest: Buffer[] = [];

  constructor(write: Writable, read: Readable) {
    super();
    this.#pipe = write;
    // A browser that was killed breaks the pipe; whoever waits is told by `end`.
    write.on('error', () => this.end());
    read.on('error', () => this.end());
    read.on('close', () => this.end());
    read.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  protected override write(text: string): void {
    this.#pipe.write(`${text}\0`);
  }

  #take(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...this.#rest, chunk.subarray(from, end)]).toString();
      this.#rest = [];
      from = end + 1;
      this.arrived(text);
    }
    if (from < chunk.length) this.#rest.push(chunk.subarray(from));
  }
}
