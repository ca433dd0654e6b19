import type { Pair } from '../parts';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';

const encoder = new TextEncoder();

/** UTF-8 bytes of a text, or the bytes as they are. */
export function bytesOf(message: string | Uint8Array): Uint8Array {
  return typeof message === 'string' ? encoder.encode(message) : message;
}

/** Decodes one message outside of any connection: a string is a text message. */
export function decodeOne(
  decoder: Decoder,
  message: string | Uint8Array,
  context: Partial<DecodeContext> = {},
): Decoded {
  const text = typeof message === 'string';
  const whole: DecodeContext = {
    url: 'ws://127.0.0.1/',
    protocol: '',
    direction: 'received',
    text,
    state: {},
    ...context,
  };
  return decoder.decode(bytesOf(message), whole);
}

/** Messages as samples, all received unless they say otherwise. */
export function samplesOf(...messages: (string | Uint8Array)[]): Sample[] {
  return messages.map((message) => ({
    direction: 'received',
    text: typeof message === 'string',
    payload: bytesOf(message),
  }));
}

/** A tree as nested plain values: branches as objects of their children's names, leaves as what they show. */
export function outline(node: DecodedNode, depth = 8): unknown {
  if (node.children === undefined || depth === 0) return node.value;
  return Object.fromEntries(node.children().map((child) => [child.name, outline(child, depth - 1)]));
}

/** The node at a path of names. Throws an `Error` that lists the names there are, where it does not exist. */
export function nodeAt(tree: DecodedNode, ...path: string[]): DecodedNode {
  let node = tree;
  for (const name of path) {
    const children = node.children?.() ?? [];
    const found = children.find((child) => child.name === name);
    if (found === undefined) throw new Error(`no ${name} among ${children.map((child) => child.name).join(', ')}`);
    node = found;
  }
  return node;
}

/** How a message belongs to exchanges. */
export function pairsOf({ parts = [] }: Decoded): Pair[] {
  return parts.flatMap(({ pair }) => (pair === undefined ? [] : [pair]));
}
