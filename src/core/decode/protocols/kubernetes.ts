import { innerPayload } from '../inner-payload';
import { isRecord } from '../json/read';
import { utf8 } from '../reader';
import { NO, pathOf, type Sniff, share, sniffProtocol, surest } from '../sniffing';
import { branch, detached, leaf, oneLine } from '../tree';
import type { Decoded, Decoder, Sample } from '../types';

const PROTOCOLS = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v3.channel.k8s.io',
  'v2.channel.k8s.io',
  'channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'base64.channel.k8s.io',
];
/** Channels by their number: k8s.io/apimachinery, `remotecommand` constants. */
const CHANNELS: Record<number, string> = {
  0: 'stdin',
  1: 'stdout',
  2: 'stderr',
  3: 'error',
  4: 'resize',
  255: 'close',
};

/**
 * The channels of Kubernetes' exec, attach and port-forward: a channel byte before the data, or a digit before base64.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/ and KEP-4006 (v5).
 */
export const kubernetes: Decoder = {
  id: 'kubernetes',
  label: 'Kubernetes channels',
  layer: 'protocol',
  sniff: ({ url, protocol }, samples) =>
    surest(sniffProtocol(protocol, PROTOCOLS), sniffUrl(url), sniffMessages(samples)),
  decode(payload, { text, url }) {
    return text ? decodeBase64(payload, url) : decodeChannel(payload, payload, url, true);
  },
};

function sniffUrl(url: string): Sniff {
  return /\/namespaces\/[^/]+\/pods\/[^/]+\/(exec|attach|portforward)$/.test(pathOf(url))
    ? { confidence: 0.9, reason: 'the path is that of exec, attach or port-forward' }
    : NO;
}

/** The end of a command or the size of a terminal tells; other bytes that begin with 0 to 4 say nothing. */
function sniffMessages(samples: Sample[]): Sniff {
  const all = share(samples, ({ text, payload }) => !text && CHANNELS[payload[0] ?? -1] !== undefined);
  const telling = samples.some(({ payload }) =>
    payload[0] === 3 || payload[0] === 4
      ? /^[\u0003\u0004]\{"(metadata|status|width|height)"/i.test(utf8(payload.subarray(0, 40)))
      : false,
  );
  return all === 1 && telling ? { confidence: 0.8, reason: 'channel bytes, and a status or terminal size' } : NO;
}

function channelName(channel: number, url: string): string {
  if (!/\/portforward$/.test(pathOf(url))) return CHANNELS[channel] ?? `channel ${channel}`;
  return `${channel % 2 === 0 ? 'data' : 'error'} of port ${channel >> 1}`;
}

/** `bytes` begin with the channel; `inPlace` where they are the payload itself. */
function decodeChannel(payload: Uint8Array, bytes: Uint8Array, url: string, inPlace: boolean): Decoded {
  const channel = bytes[0];
  if (channel === undefined) {
    const message = 'no channel byte';
    return { tree: branch('', 'object', message, []), summary: message, kind: '', problem: { message, at: 0 } };
  }
  const name = channelName(channel, url);
  const inner = innerPayload('data', bytes, 1, bytes.length);
  const node = leaf('channel', 'field', name, { note: String(channel), start: 0, end: Math.min(1, payload.length) });
  const data = inPlace ? inner.node : detached(inner.node);
  const known = CHANNELS[channel] !== undefined || /\/portforward$/.test(pathOf(url));
  return {
    tree: branch('', 'object', name, [node, data], { start: 0, end: payload.length }),
    summary: oneLine(`${name} ${wordsOf(channel, inner.value(), bytes.length > 1 ? inner.preview : '')}`),
    kind: name,
    json: () => ({ channel: name, data: inner.value() }),
    ...(!known && { problem: { message: `unknown channel ${channel}`, at: 0 } }),
  };
}

/** The status that ends a command, the channel that is closed, or the data. */
function wordsOf(channel: number, value: unknown, preview: string): string {
  if (channel === 255 && value instanceof Uint8Array) return CHANNELS[value[0] ?? -1] ?? preview;
  if (channel !== 3 || !isRecord(value) || typeof value.status !== 'string') return preview;
  return [value.status, value.reason, value.message].filter((word) => typeof word === 'string').join(' ');
}

function decodeBase64(payload: Uint8Array, url: string): Decoded {
  const words = utf8(payload);
  const channel = words.charCodeAt(0) - 0x30;
  const decoded = channel >= 0 && channel <= 9 ? bytesOf(words.slice(1)) : undefined;
  if (decoded === undefined) {
    const message = 'not a digit and base64';
    const tree = leaf('', 'string', words, { start: 0, end: payload.length });
    return { tree, summary: oneLine(words), kind: '', problem: { message, at: 0 } };
  }
  const bytes = new Uint8Array(decoded.length + 1);
  bytes[0] = channel;
  bytes.set(decoded, 1);
  return decodeChannel(payload, bytes, url, false);
}

function bytesOf(base64: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}
