import type { Outgoing, SentVia } from '../core/messages/recorder';
import type { Client } from '../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../core/messages/store';
import type { Connection } from '../core/model/connection';
import { ClosedError, type Documents, type RemoteDocument, type Request } from './documents';

type Store = Client<StoreCalls, StoreEvents>;

/** How long a newly opened connection may take to open, in ms. */
const OPEN_TIMEOUT = 15_000;

/** Sends what the user asks for, through the page that has the connection. */
export class Replay {
  constructor(
    private readonly store: Store,
    private readonly documents: Documents,
  ) {}

  /**
   * @param fallback whether another connection to the same URL may take it, or a new one
   * @returns which connection took it
   * @throws {Error} in words for the user when nothing was sent
   */
  async send(id: number, message: Outgoing, fallback: boolean): Promise<SentVia> {
    const connections = await this.store.call('connections', { log: 'live' });
    const asked = connections.find((connection) => connection.id === id);
    if (!asked) throw new Error('There is no such connection');
    if (asked.state === 'open' && !asked.readOnly) {
      if (await this.took(asked.id, message, fallback)) return { via: 'same', connection: asked.id };
    }
    if (asked.readOnly && asked.state === 'open' && !fallback) {
      throw new Error('This connection can only be read: it belongs to a worker');
    }
    if (!fallback)
      throw new Error(`The connection is ${asked.state === 'connecting' ? 'still connecting' : asked.state}`);
    const others = connections.filter((one) => one.url === asked.url && one.state === 'open' && !one.readOnly);
    for (const { id: other } of others.reverse()) {
      if (other !== id && (await this.took(other, message, true))) return { via: 'other', connection: other };
    }
    if (asked.state === 'connecting') throw new Error('The connection is still connecting');
    const opened = await this.open(asked);
    await this.sendOn(opened, message);
    return { via: 'new', connection: opened };
  }

  async close(id: number, code: number, reason: string): Promise<void> {
    const { document, local } = await this.origin(id);
    await document.ask({ type: 'close', connection: local, code, reason });
  }

  /** @param fallback whether there may be another where this one was closed meanwhile: no error then, but `false` */
  private async took(id: number, message: Outgoing, fallback: boolean): Promise<boolean> {
    try {
      await this.sendOn(id, message);
      return true;
    } catch (error) {
      if (fallback && error instanceof ClosedError) return false;
      throw error;
    }
  }

  private async sendOn(id: number, message: Outgoing): Promise<void> {
    const { document, local } = await this.origin(id);
    await document.ask({
      type: 'send',
      connection: local,
      text: message.kind === 'text' ? message.text : null,
      base64: message.kind === 'binary' ? message.base64 : null,
    } as Request);
  }

  private async open(like: Connection): Promise<number> {
    const origin = await this.store.call('origin', { connection: like.id });
    const document = (origin && this.documents.get(origin.key)) ?? this.mainDocument();
    if (!document) throw new Error('No page is there to open a connection');
    const protocols = like.protocols.length > 0 ? like.protocols : like.protocol ? [like.protocol] : [];
    const local = await document.ask({ type: 'open', url: like.url, protocols } as Request);
    return await this.whenOpen(document, local);
  }

  private whenOpen(document: RemoteDocument, local: number): Promise<number> {
    return new Promise((resolve, reject) => {
      let stop: (() => void) | null = null;
      const settle = (act: () => void) => {
        clearTimeout(timer);
        stop?.();
        act();
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error('A new connection was begun, but it does not open'))),
        OPEN_TIMEOUT,
      );
      const look = async () => {
        const id = await this.store.call('connectionAt', { key: document.key, id: local });
        if (id === null) return;
        const connections = await this.store.call('connections', { log: 'live' });
        const state = connections.find((connection) => connection.id === id)?.state;
        if (state === 'open') settle(() => resolve(id));
        else if (state === 'closed')
          settle(() => reject(new Error('A new connection was begun, but the server refused it')));
      };
      stop = this.store.on('connections', () => look().catch((error) => settle(() => reject(error))));
      look().catch((error) => settle(() => reject(error)));
    });
  }

  private mainDocument(): RemoteDocument | undefined {
    return [...this.documents].find(({ frameId, off }) => frameId === 0 && !off);
  }

  private async origin(id: number): Promise<{ document: RemoteDocument; local: number }> {
    const origin = await this.store.call('origin', { connection: id });
    const document = origin && this.documents.get(origin.key);
    if (!origin || !document) throw new ClosedError('The page that had this connection is gone');
    return { document, local: origin.id };
  }
}
