import { base64 } from './encodings/base64';
import { binary } from './encodings/binary';
import { brotli } from './encodings/brotli';
import { bson } from './encodings/bson';
import { cbor } from './encodings/cbor';
import { deflate } from './encodings/deflate';
import { file } from './encodings/file';
import { form } from './encodings/form';
import { gzip } from './encodings/gzip';
import { json } from './encodings/json';
import { jwt } from './encodings/jwt';
import { msgpack } from './encodings/msgpack';
import { protobuf } from './encodings/protobuf';
import { text } from './encodings/text';
import { xml } from './encodings/xml';
import { zstd } from './encodings/zstd';
import { nested } from './nest';
import { actionCable } from './protocols/actioncable';
import { amqp } from './protocols/amqp';
import { centrifugo } from './protocols/centrifugo';
import { colyseus } from './protocols/colyseus';
import { ddp } from './protocols/ddp';
import { engineIo } from './protocols/engineio';
import { firebase } from './protocols/firebase';
import { graphql } from './protocols/graphql';
import { jsonRpc } from './protocols/jsonrpc';
import { jupyter } from './protocols/jupyter';
import { kubernetes } from './protocols/kubernetes';
import { lsp } from './protocols/lsp';
import { mqtt } from './protocols/mqtt';
import { nats } from './protocols/nats';
import { phoenix } from './protocols/phoenix';
import { pusher } from './protocols/pusher';
import { signalR } from './protocols/signalr';
import { socketIo } from './protocols/socketio';
import { sockJs } from './protocols/sockjs';
import { stomp } from './protocols/stomp';
import { supabase } from './protocols/supabase';
import { vite } from './protocols/vite';
import { wamp } from './protocols/wamp';
import { webpack } from './protocols/webpack';
import { xmpp } from './protocols/xmpp';
import { yjs } from './protocols/yjs';
import type { Sniff } from './sniffing';
import type { DecodeContext, Decoded, Decoder, Sample } from './types';

/** Every decoder, protocols first. To add one is to add a file and a line here. */
export const decoders: readonly Decoder[] = [
  amqp,
  yjs,
  xmpp,
  wamp,
  nats,
  socketIo,
  engineIo,
  sockJs,
  signalR,
  graphql,
  supabase,
  firebase,
  kubernetes,
  jupyter,
  colyseus,
  vite,
  webpack,
  lsp,
  jsonRpc,
  stomp,
  centrifugo,
  pusher,
  phoenix,
  ddp,
  actionCable,
  mqtt,
  json,
  msgpack,
  cbor,
  bson,
  protobuf,
  gzip,
  deflate,
  zstd,
  brotli,
  file,
  xml,
  jwt,
  form,
  base64,
  text,
  binary,
];

/** The decoder with this id, or `undefined`. */
export function decoderById(id: string): Decoder | undefined {
  return decoders.find((decoder) => decoder.id === id);
}

/** A decoder chosen for a connection, how sure that is (0 to 1), and why, in words for the user. */
export interface Choice {
  decoder: Decoder;
  confidence: number;
  reason: string;
}

/** From this confidence on a protocol is taken rather than the encoding that carries it. */
const SURE = 0.5;
/** Less than this is a guess that is not worth showing. */
const LIKELY = 0.3;

/**
 * The decoder that a connection most probably speaks. A sure protocol wins over any encoding; of equals the first in
 * the registry. Without a likely one it is `text` for text and `binary` for bytes.
 *
 * @param context the connection's URL and chosen subprotocol
 * @param samples its first messages in both directions, in order; a few dozen suffice
 */
export function chooseDecoder(context: Pick<DecodeContext, 'url' | 'protocol'>, samples: Sample[]): Choice {
  let best: Choice | undefined;
  for (const decoder of decoders) {
    const choice = { decoder, ...sniffed(decoder, context, samples) };
    if (choice.confidence >= LIKELY && (best === undefined || weight(choice) > weight(best))) best = choice;
  }
  return best ?? fallback(samples);
}

/** A bug in one decoder's `sniff` must not keep a connection from being shown with another. */
function sniffed(decoder: Decoder, context: Pick<DecodeContext, 'url' | 'protocol'>, samples: Sample[]): Sniff {
  try {
    return decoder.sniff(context, samples);
  } catch (error) {
    return { confidence: 0, reason: `looking at it failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function weight({ decoder, confidence }: Choice): number {
  return confidence + (decoder.layer === 'protocol' && confidence >= SURE ? 1 : 0);
}

function fallback(samples: Sample[]): Choice {
  const texts = samples.filter((sample) => sample.text).length;
  const isText = texts * 2 >= samples.length;
  const reason = samples.length === 0 ? 'no messages yet' : isText ? 'plain text' : 'unknown bytes';
  return { decoder: isText ? text : binary, confidence: 0, reason };
}

/**
 * `decoder.decode`, with encoded values in the tree opened as {@link nested} does, unless raw text or bytes are wanted.
 * A bug in a decoder gives the raw payload and names the error instead of throwing.
 */
export function decodeFrame(decoder: Decoder, payload: Uint8Array, context: DecodeContext): Decoded {
  try {
    const decoded = decoder.decode(payload, context);
    return decoder === text || decoder === binary ? decoded : { ...decoded, tree: nested(decoded.tree, context) };
  } catch (error) {
    const message = `the ${decoder.label} decoder failed: ${error instanceof Error ? error.message : String(error)}`;
    return { ...(context.text ? text : binary).decode(payload), problem: { message, at: 0 } };
  }
}
