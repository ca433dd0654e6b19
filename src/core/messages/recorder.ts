/** What the panel sends: text as it is, bytes as base64 (messages cross as JSON in places). */
export type Outgoing = { kind: 'text'; text: string } | { kind: 'binary'; base64: string };

/** Which socket took a message, for telling the user. */
export type SentVia =
  | { via: 'same'; connection: number }
  | { via: 'other'; connection: number }
  | { via: 'new'; connection: number };

export interface RecorderState {
  recording: boolean;
  keepLog: boolean;
  /** Nothing is written to disk: chosen by the user, or because the window is private. */
  memoryOnly: boolean;
  privateWindow: boolean;
  /**
   * Documents of the tab that have heard what to do: what they send from now on is taken as it happens. `null` while
   * there was no time to hear of any.
   */
  documents: number | null;
  /** Whether the browser lets the extension into every site: a user may have taken that away. */
  access: boolean;
  /** Set when the tab's page was loaded before the extension could patch it. */
  needsReload: boolean;
  /** Host of the inspected page, with its port. */
  site: string;
  /** The same as the switch for sites takes it: without a port. `null` where there is none to switch. */
  switchHost: string | null;
  /** Framescope is switched off on that host. */
  siteOff: boolean;
  paused: boolean;
  ring: RingPolicy;
  /** Whether stacks of `send` calls are taken. */
  stacks: boolean;
  /** Whether the browser lets an extension open a line in Sources. */
  opensSource: boolean;
  /** Kinds of sockets this browser gives no way to see, in words for the user. */
  unseen: string[];
}

/** What the page keeps of the time before DevTools opened, for each document. 0 frames: nothing. */
export interface RingPolicy {
  frames: number;
  bytes: number;
}

export type RecorderCalls = {
  state: { params: null; result: RecorderState };
  set: {
    params: Partial<Pick<RecorderState, 'recording' | 'keepLog' | 'memoryOnly' | 'paused' | 'ring' | 'stacks'>>;
    result: RecorderState;
  };
  /** Switches Framescope off or on for a host, on all its ports. */
  setSiteDisabled: { params: { host: string; disabled: boolean }; result: RecorderState };
  /** Empties the live session. */
  clear: { params: null; result: null };
  /**
   * Sends on this connection if it is open; else, when `fallback` is set, on another open one to the same URL, else on
   * a newly opened one. Rejected with the reason when it cannot: nothing was sent then.
   */
  send: { params: { connection: number; message: Outgoing; fallback: boolean }; result: SentVia };
  closeConnection: { params: { connection: number; code: number; reason: string }; result: null };
  /** Looks for the handshake of a connection that has none yet: the user wants to see it. */
  lookUpHandshake: { params: { connection: number }; result: null };
  reload: { params: null; result: null };
  /** Opens a line in the Sources panel. Line and column count from 1. */
  openSource: { params: { url: string; line: number; column: number }; result: null };
};

export type RecorderEvents = {
  state: RecorderState;
};
