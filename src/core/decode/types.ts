import type { Direction } from '../model/frame';
import type { SchemaDefinition } from '../schema/schema-decoder';
import type { Part } from './parts';
import type { UserDecoder } from './user-decoder';

/** What a decoder may look at beside the payload. All of it is hostile input. */
export interface DecodeContext {
  url: string;
  /** The subprotocol chosen, or empty. */
  protocol: string;
  direction: Direction;
  /** Whether the payload is a text message. */
  text: boolean;
  /**
   * What this decoder remembers of this connection (kept by the caller, one object for each decoder and
   * connection, `{}` at first). A decoder must give a result without it: captures begin mid-stream.
   * It is right only while frames are decoded in their order: a caller that jumps gives a fresh `{}`.
   * What decoders keep in it is bounded.
   */
  state: Record<string, unknown>;
}

/** The first messages of a connection, for choosing its decoder. */
export interface Sample {
  direction: Direction;
  text: boolean;
  payload: Uint8Array;
}

export type NodeType =
  | 'object'
  | 'array'
  | 'map'
  | 'string'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'null'
  | 'undefined'
  | 'bytes'
  | 'date'
  | 'field'
  | 'error';

/** A node of the decoded tree. `start` and `end` are byte offsets into the payload that was decoded, where known. */
export interface DecodedNode {
  /** Key, index or field name; empty for the root. */
  name: string;
  type: NodeType;
  /** What is shown of a leaf, whole; or of a branch, short (`{a, b}`, `3 items`). */
  value: string;
  /** Extra words beside the value, such as a field's meaning (`PUBLISH`, `QoS 1`). */
  note?: string;
  start?: number;
  end?: number;
  /** Made when asked for, so a huge payload costs only what is opened. */
  children?: () => DecodedNode[];
  /** A stretch of a long list, made so that it can be drawn: not part of a path, its children are the list's. */
  group?: boolean;
  /** Bytes of a `bytes` leaf, or of what was unpacked, so that they can be decoded further or shown as an image. */
  bytes?: Uint8Array;
}

export interface Decoded {
  tree: DecodedNode;
  /** One line for the row, at most a few hundred characters. */
  summary: string;
  /** What sort of message it is, in the protocol's words: `event:trade`, `PUBLISH sensors/1`; empty if it has none. */
  kind: string;
  /** What belongs to other messages: one part for each of the protocol's messages that this one holds, in their order. */
  parts?: Part[];
  /** Protocol housekeeping: ping, pong, keepalive. */
  heartbeat?: boolean;
  /** What could not be read, and where it stopped (-1 where that is no place); the tree holds what could. */
  problem?: { message: string; at: number };
  /**
   * The plain value, where the decoder has one, for JSON paths in filters. Beside what `JSON.parse` gives there may be
   * `bigint` (integers beyond 2^53, which compare with numbers by `<` and `==`), `Uint8Array`, `Date` and `Map`.
   */
  json?: () => unknown;
}

/** One encoding or protocol. Total: any input gives a result, in time and memory bounded by the input's size. */
export interface Decoder {
  /** Short and stable: it is stored in settings. `socket.io`, `msgpack`. */
  id: string;
  /** What the user reads. */
  label: string;
  /** `encoding` says how bytes are written, `protocol` what they mean. Protocols win when both are sure. */
  layer: 'encoding' | 'protocol';
  /**
   * How sure the decoder is that a connection speaks it, 0 to 1, with the reason in words for the user.
   * Cheap: looks at the URL, the subprotocol and the given first messages only.
   */
  sniff(
    context: Omit<DecodeContext, 'state' | 'direction' | 'text'>,
    samples: Sample[],
  ): { confidence: number; reason: string };
  decode(payload: Uint8Array, context: DecodeContext): Decoded;
  /**
   * The kind that `decode` gives, found at a fraction of its cost, by decoders that pair nothing and remember nothing.
   * `undefined` where only `decode` can tell.
   */
  kindAlone?(payload: Uint8Array): string | undefined;
  /** Of a decoder by schema: what it can be made of anew, in another Worker. */
  schema?: SchemaDefinition;
  /** The same of a decoder of the user's. */
  user?: UserDecoder;
}
