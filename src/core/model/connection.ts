export type ConnectionState = 'connecting' | 'open' | 'closing' | 'closed';

/** `page`: seen by the page script. `network`: seen by DevTools' network log only, so read only. */
export type Source = 'page' | 'network';

/** A page, frame or worker in the tab that opened connections. */
export interface DocumentInfo {
  /** Number within the session. */
  id: number;
  url: string;
  /** What it is, in the words of the panel. */
  kind: 'document' | 'frame' | 'worker' | 'shared worker' | 'service worker' | 'unknown';
  /** The browser's frame id; 0 is the tab's main frame. -1 where there is none. */
  frameId: number;
  /** URLs of the enclosing frames, innermost first. */
  ancestors: string[];
}

export interface HeaderPair {
  name: string;
  value: string;
}

/** What DevTools' network log tells of the opening handshake. RFC 6455 §4. */
export interface Handshake {
  status: number;
  statusText: string;
  requestHeaders: HeaderPair[];
  responseHeaders: HeaderPair[];
  /** ms since the epoch. */
  startedAt: number;
  /** Durations in ms; -1 where unknown. HAR 1.2 `timings`. */
  timings: { blocked: number; dns: number; connect: number; ssl: number; send: number; wait: number; receive: number };
}

/** One WebSocket from construction to close. */
export interface Connection {
  /** Number within the session, counted from 1 in the order of construction. */
  id: number;
  document: number;
  url: string;
  /** The subprotocols asked for. */
  protocols: string[];
  /** The subprotocol and extensions chosen; empty before `open`. */
  protocol: string;
  extensions: string;
  state: ConnectionState;
  source: Source;
  /** Nothing can be sent on it from Framescope. */
  readOnly: boolean;
  /** Opened by the user from Framescope. */
  byUser: boolean;
  /** ms since the epoch; `null` where it did not happen or is not known. */
  createdAt: number;
  openedAt: number | null;
  /** Of its first message, in either direction. `null` as well where messages passed that are not recorded. */
  firstFrameAt: number | null;
  closedAt: number | null;
  close: { code: number; reason: string; wasClean: boolean; by: string } | null;
  /** Why the handshake failed, where the network log tells; the page itself is never told. */
  failure: string | null;
  /** Messages only, events are not counted. Includes what was dropped or came before recording. */
  sentFrames: number;
  receivedFrames: number;
  sentBytes: number;
  receivedBytes: number;
  /** Stack of the constructor call, one call a line, as the browser prints it; `null` if unknown. */
  initiator: string | null;
  handshake: Handshake | null;
}
