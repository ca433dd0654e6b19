import { attempt, Broken, ByteReader } from '../reader';

/** One of several messages in a payload, with what stands before it. */
export interface Delimited {
  /** Offset of what stands before the message. */
  start: number;
  from: number;
  to: number;
  /** Of the trailers that end a gRPC call: text, and no message. */
  trailers: boolean;
}

export interface Several {
  how: 'gRPC' | 'lengths';
  messages: Delimited[];
}

/** Messages of one payload, at most. */
const MOST = 100_000;
/** gRPC over HTTP/2 and gRPC-Web: compressed, and trailers. */
const COMPRESSED = 0x01;
const TRAILERS = 0x80;

/**
 * Messages that follow each other, each with its length before it: gRPC's five bytes (a flag and the length), or a varint
 * (Protocol Buffers, Techniques, Streaming). Only where these lengths add up to the whole payload; else `undefined`.
 */
export function delimited(payload: Uint8Array): Several | undefined {
  const grpc = split(payload, (reader) => {
    const flag = reader.u8();
    if (flag !== 0 && flag !== TRAILERS) throw new Broken(flag === COMPRESSED ? 'compressed' : 'no flag', reader.at);
    return { length: reader.u32(), trailers: flag === TRAILERS };
  });
  if (grpc) return { how: 'gRPC', messages: grpc };
  const lengths = split(payload, (reader) => ({ length: reader.varuint(5), trailers: false }));
  return lengths && { how: 'lengths', messages: lengths };
}

function split(
  payload: Uint8Array,
  head: (reader: ByteReader) => { length: number; trailers: boolean },
): Delimited[] | undefined {
  const messages: Delimited[] = [];
  const reader = new ByteReader(payload);
  const broken = attempt(() => {
    while (reader.left > 0) {
      if (messages.length === MOST) throw new Broken('too many messages', reader.at);
      const start = reader.at;
      const { length, trailers } = head(reader);
      const from = reader.skip(length);
      messages.push({ start, from, to: reader.at, trailers });
    }
  });
  return broken || messages.length === 0 ? undefined : messages;
}
