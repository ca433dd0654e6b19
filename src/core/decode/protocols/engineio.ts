import { binary } from '../encodings/binary';
import { text as plainText } from '../encodings/text';
import { looksLikeJson } from '../json/nodes';
import { isRecord, type JsonReading, readJson } from '../json/read';
import { onePart } from '../parts';
import { Broken, utf8 } from '../reader';
import { headText, NO, pathOf, queryOf, type Sniff, share, surest } from '../sniffing';
import { bytesNode, cut, leaf, oneLine, previewBytes, previewValue } from '../tree';
import type { DecodeContext, Decoded, Decoder, Sample } from '../types';
import { brokenTree, type EnginePacket, packetTree, readEnginePacket } from './engineio-packet';

/** Engine.IO, protocol versions 3 and 4: https://socket.io/docs/v4/engine-io-protocol/. */
export const engineIo: Decoder = {
  id: 'engine.io',
  label: 'Engine.IO',
  layer: 'protocol',
  sniff: ({ url }, samples) => surest(sniffUrl(url), sniffOpen(samples)),
  decode(payload, context) {
    try {
      const packet = readEnginePacket(payload, context);
      return packet.type === 'message' ? decodeMessage(payload, packet) : decodeControl(payload, packet);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return notEngineIo(payload, context, error);
    }
  },
};

function sniffUrl(url: string): Sniff {
  const version = queryOf(url, 'EIO');
  return version !== undefined && queryOf(url, 'transport') === 'websocket'
    ? { confidence: 0.8, reason: `EIO=${cut(version, 8)} in the URL` }
    : /\/engine\.io\/?$/.test(pathOf(url))
      ? { confidence: 0.6, reason: 'the path ends in /engine.io' }
      : NO;
}

/** The server's first packet, and digits before all others. */
function sniffOpen(samples: Sample[]): Sniff {
  const texts = samples.filter((sample) => sample.text);
  const opens = texts.some((sample) => /^0\{"sid":/.test(headText(sample)));
  const part = share(texts, (sample) => isEngineText(headText(sample)));
  return opens && part > 0.9 ? { confidence: 0.8, reason: 'an open packet with a sid' } : NO;
}

/** Whether a text could be an Engine.IO packet. */
export function isEngineText(text: string): boolean {
  return /^(0\{"sid":|1$|2(probe)?$|3(probe)?$|4|5$|6$)/.test(text);
}

/** A message that is not of the protocol, as what it is. */
export function notEngineIo(payload: Uint8Array, { text }: DecodeContext, broken: Broken): Decoded {
  return {
    ...(text ? plainText : binary).decode(payload),
    tree: brokenTree(payload, broken),
    problem: { message: broken.message, at: broken.at },
  };
}

/** All packets but messages. Pings and pongs with `probe` belong to the upgrade from polling. */
export function decodeControl(payload: Uint8Array, packet: EnginePacket): Decoded {
  const { type, bytes, start, node } = packet;
  const data = cut(utf8(bytes.subarray(start, start + 4096)));
  const heartbeat = type === 'ping' || type === 'pong' || type === 'noop';
  const base = { kind: type, ...(heartbeat && { heartbeat }) };
  const role = type === 'ping' ? 'request' : type === 'pong' ? 'reply' : undefined;
  if (type === 'open') return decodeOpen(payload, packet, readJson(bytes, start, bytes.length, 'data'));
  const children = data === '' ? [node] : [node, leaf('data', 'string', data, { start, end: payload.length })];
  return {
    ...base,
    tree: packetTree(payload, type, children),
    summary: oneLine(`${type} ${data}`),
    json: () => (data === '' ? { packet: type } : { packet: type, data }),
    ...(role && { parts: onePart({ id: data === '' ? 'ping' : `ping ${cut(data, 100)}`, role }) }),
  };
}

function decodeOpen(payload: Uint8Array, { node }: EnginePacket, { node: data, value, problem }: JsonReading): Decoded {
  const told = value();
  const sid = isRecord(told) && typeof told.sid === 'string' ? told.sid : '';
  return {
    tree: packetTree(payload, 'open', [node, data]),
    summary: oneLine(`open ${sid === '' ? '' : `sid ${sid} `}${previewValue(told ?? '', 200)}`),
    kind: 'open',
    json: () => ({ packet: 'open', data: value() }),
    ...(problem && { problem }),
  };
}

function decodeMessage(payload: Uint8Array, { bytes, start, text, inPlace, node }: EnginePacket): Decoded {
  const range = inPlace ? { start, end: payload.length } : {};
  const data = bytes.subarray(start);
  if (!text) {
    return {
      tree: packetTree(payload, 'message', [node, bytesNode('data', data, range)]),
      summary: previewBytes(data),
      kind: 'message',
      json: () => ({ packet: 'message', data }),
    };
  }
  const words = utf8(data);
  const json = looksLikeJson(words) ? readJson(bytes, start, bytes.length, 'data') : undefined;
  const inner = json?.problem ? undefined : json;
  return {
    tree: packetTree(payload, 'message', [node, inner?.node ?? leaf('data', 'string', words, range)]),
    summary: oneLine(words),
    kind: 'message',
    json: () => ({ packet: 'message', data: inner ? inner.value() : words }),
  };
}
