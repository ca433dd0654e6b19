import WebSocket from 'ws';
import { RemoteCommands } from '../remote-commands';

/** A WebDriver BiDi session of Firefox: https://w3c.github.io/webdriver-bidi/ */
export class Bidi extends RemoteCommands {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('message', (data) => this.arrived(data.toString()));
    socket.on('close', () => this.end());
  }

  /** Connects to the address that Firefox prints at its start. */
  static async connect(address: string): Promise<Bidi> {
    const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false, maxPayload: 0 });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    // A browser that is killed may reset the connection; `close` follows.
    socket.on('error', () => socket.terminate());
    return new Bidi(socket);
  }

  protected override write(text: string): void {
    this.#socket.send(text);
  }
}
