/** The network log of DevTools, as far as sockets are concerned. */
export interface NetworkLog {
  /** All entries there are, with the messages of all sockets; `null` where the browser's log has no messages. */
  read: (() => Promise<unknown[]>) | null;
  /**
   * Is told of each request whose story is over: in Chromium when a socket closed or was refused, in Firefox when its
   * handshake was answered. @returns a function that ends it
   */
  onFinished(listener: (entry: unknown) => void): () => void;
  /** How the URLs of our own scripts begin, which are among the calls of every socket that the page script sees. */
  ownScripts: string;
}

interface NetworkApi {
  getHAR(callback: (log: { entries?: unknown }) => void): void;
  onRequestFinished: {
    addListener(listener: (entry: unknown) => void): void;
    removeListener(listener: (entry: unknown) => void): void;
  };
}

/**
 * @param api `devtools.network`
 * @param hasMessages whether this browser's log has messages and stacks (Chromium)
 */
export function networkLog(api: NetworkApi, ownScripts: string, hasMessages: boolean): NetworkLog {
  const read = () =>
    new Promise<unknown[]>((resolve) => api.getHAR((log) => resolve(Array.isArray(log?.entries) ? log.entries : [])));
  return {
    read: hasMessages ? read : null,
    onFinished(listener) {
      api.onRequestFinished.addListener(listener);
      return () => api.onRequestFinished.removeListener(listener);
    },
    ownScripts,
  };
}
