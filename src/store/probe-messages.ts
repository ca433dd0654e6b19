import type { UserDecoder } from '../core/decode/user-decoder';
import type { UserAnswer } from '../core/decode/user-result';
import type { Connection } from '../core/model/connection';
import type { SchemaDefinition } from '../core/schema/schema-decoder';

/** Frames to be tested where a test that never ends can be stopped. */
export interface ProbeRequest {
  type: 'probe';
  id: number;
  query: string;
  /** Number in the log of the first frame. */
  first: number;
  /** So many frames come first that are not tested: decoders may remember them. */
  context: number;
  /** Place among these frames of the frame before on the same connection; `NONE` where it is not among them. */
  previous: Uint32Array;
  /** Time of the log's earliest frame, ms since the epoch. */
  start: number;
  /** The frames' columns, as `packRecord` packs them. */
  record: ArrayBuffer;
  /** Where each frame's payload begins in `data`; `NOWHERE` when there is none. */
  offsets: Uint32Array;
  data: Uint8Array;
  /** ms since the connection's frame before, for each frame. */
  gaps: Float64Array;
  /** ms between request and reply, for each frame; NaN where there is no pair, infinite without a reply. */
  latencies: Float64Array;
  /** Numbers in the log of those that are marked. */
  marked: number[];
  /** Only frames of these connections; `null` for all. */
  only: number[] | null;
  connections: ProbeConnection[];
  /** What functions of the user's said of frames, by their place among those. */
  answers: [row: number, UserAnswer][];
}

export interface ProbeConnection {
  connection: Connection;
  /** Ids of the decoders of its text and binary frames; `null` where none is needed. */
  decoders: { text: string; binary: string } | null;
  /** Of those decoders that are not built in. */
  definitions: SchemaDefinition[];
  /** Of those that the user made. */
  users: UserDecoder[];
}

/** The Worker and what it needs are there: from now on it is the test that takes time. */
export interface ProbeBegun {
  type: 'begun';
  id: number;
}

export interface ProbeAnswer {
  type: 'probed';
  id: number;
  /** Numbers in the log of the frames that pass. */
  matches: number[];
}
