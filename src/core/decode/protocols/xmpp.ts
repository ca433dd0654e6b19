import type { Direction } from '../../model/frame';
import { xml } from '../encodings/xml';
import { readXml, type XmlElement } from '../encodings/xml-read';
import { onePart } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { headText, NO, sniffProtocol, surest } from '../sniffing';
import { cut, kindOf, oneLine } from '../tree';
import type { DecodeContext, Decoded, Decoder } from '../types';

/** A stanza says its namespace over WebSocket (RFC 7395 §3.3.3): there are other messages in XML. */
const STANZA = /^<(iq|message|presence)\s[^>]*xmlns=(["'])jabber:client\2/;

/** XMPP over WebSocket: a stanza or a framing element in each message (RFC 7395; stanzas: RFC 6120, RFC 6121). */
export const xmpp: Decoder = {
  id: 'xmpp',
  label: 'XMPP',
  layer: 'protocol',
  sniff({ protocol }, samples) {
    const texts = samples.filter((sample) => sample.text).map(headText);
    const framing = texts.some((text) => /^<(open|close)\s[^>]*urn:ietf:params:xml:ns:xmpp-framing/.test(text));
    const stanzas =
      texts.length > 0 && texts.every((text) => /^<(iq|message|presence|r|a|open|close|stream:\w+)[\s/>]/.test(text));
    return surest(
      sniffProtocol(protocol, ['xmpp']),
      framing ? { confidence: 0.95, reason: 'a stream opened as RFC 7395 says' } : NO,
      stanzas && texts.some((text) => STANZA.test(text)) ? { confidence: 0.8, reason: 'stanzas of XMPP' } : NO,
    );
  },
  decode(payload, context) {
    const { nodes } = readXml(payload);
    const stanza = nodes.find((node) => node.type === 'element');
    const decoded = xml.decode(payload, context);
    if (stanza === undefined) return decoded;
    const { kind = '', summary = '', parts, heartbeat } = explain(stanza, context);
    return {
      ...decoded,
      summary: oneLine(decoded.problem ? `${summary} (${decoded.problem.message})` : summary),
      kind: kindOf(kind),
      ...(parts && { parts }),
      ...(heartbeat && { heartbeat }),
    };
  },
};

/** A few words for an element: its text, else its namespace, else its first children. */
function shown(element: XmlElement): string {
  const text = textOf(element);
  if (text !== '') return text;
  const inner = element.children
    .filter((one) => one.type === 'element')
    .slice(0, 4)
    .map((one) => one.name);
  return inner.length > 0 ? inner.join(', ') : attribute(element, 'xmlns');
}

function attribute(element: XmlElement | undefined, name: string): string {
  return element?.attributes.find((one) => one.name === name)?.value ?? '';
}

function textOf(element: XmlElement): string {
  return element.children
    .map((one) => (one.type === 'text' ? one.value : ''))
    .join('')
    .trim();
}

function child(element: XmlElement, name?: string): XmlElement | undefined {
  return element.children.find((one) => one.type === 'element' && (name === undefined || one.name === name)) as
    | XmlElement
    | undefined;
}

type Explained = Partial<Pick<Decoded, 'kind' | 'summary' | 'parts' | 'heartbeat'>>;

function explain(stanza: XmlElement, context: DecodeContext): Explained {
  const { name } = stanza;
  const type = attribute(stanza, 'type');
  const who = [
    attribute(stanza, 'from') && `from ${attribute(stanza, 'from')}`,
    attribute(stanza, 'to') && `to ${attribute(stanza, 'to')}`,
  ];
  const about = who.filter(Boolean).join(' ');
  switch (name) {
    case 'iq':
      return explainIq(stanza, type, about, context);
    case 'message': {
      const body = child(stanza, 'body');
      const inner = body ? textOf(body) : (child(stanza)?.name ?? '');
      return { kind: `message ${type}`, summary: joined('message', type, about, inner) };
    }
    case 'presence': {
      const detail = ['show', 'status'].map((part) => child(stanza, part)).map((part) => (part ? textOf(part) : ''));
      return { kind: joined('presence', type), summary: joined('presence', type, about, ...detail) };
    }
    case 'open':
      return {
        kind: name,
        summary: joined(name, about),
        parts: onePart({ id: 'open', role: context.direction === 'sent' ? 'request' : 'reply' }),
      };
    case 'r':
    case 'a':
      // Stream management (XEP-0198): asks how many stanzas arrived, and tells.
      return {
        kind: name === 'r' ? 'ack request' : 'ack',
        summary: name === 'r' ? 'ack request' : `ack ${attribute(stanza, 'h')}`,
        heartbeat: true,
      };
    default:
      return { kind: name, summary: joined(name, attribute(stanza, 'mechanism'), cut(shown(stanza), 120)) };
  }
}

/** A get or set is answered by a result or an error of the same id (RFC 6120 §8.2.3). */
function explainIq(iq: XmlElement, type: string, about: string, context: DecodeContext): Explained {
  const inner = child(iq);
  const id = attribute(iq, 'id').slice(0, 200);
  const asks = type === 'get' || type === 'set';
  const asker: Direction = asks === (context.direction === 'sent') ? 'sent' : 'received';
  const pairId = `${asker} ${id}`;
  let what = inner ? joined(inner.name, attribute(inner, 'xmlns')) : '';
  if (asks) rememberName(context, pairId, what);
  else {
    what = rememberedName(context, pairId) || what;
    forgetName(context, pairId);
  }
  const error = type === 'error' ? child(iq, 'error') : undefined;
  return {
    kind: joined('iq', type, what.split(' ')[0] ?? ''),
    summary: joined('iq', type, what, about, error ? (child(error)?.name ?? '') : ''),
    ...(id !== '' && { parts: onePart({ id: pairId, role: asks ? 'request' : 'reply' }) }),
    heartbeat: what === 'ping urn:xmpp:ping',
  };
}

function joined(...words: string[]): string {
  return words.filter(Boolean).join(' ');
}
