import { isRecord } from '../json/read';
import { jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { onePart } from '../parts';
import { NO, type Sniff, sniffProtocol, surest } from '../sniffing';
import { cut, previewValue } from '../tree';
import type { Decoder, Sample } from '../types';

const TYPES = ['welcome', 'ping', 'disconnect', 'confirm_subscription', 'reject_subscription'];
const COMMANDS = ['subscribe', 'unsubscribe', 'message'];

/** Action Cable of Rails, subprotocol `actioncable-v1-json` (Rails guides, Action Cable overview). */
export const actionCable: Decoder = {
  id: 'actioncable',
  label: 'Action Cable',
  layer: 'protocol',
  sniff({ protocol }, samples) {
    return surest(sniffProtocol(protocol, ['actioncable-v1-json', 'actioncable-unsupported']), sniffMessages(samples));
  },
  decode: (payload, context) => jsonMessage(payload, context, explain),
};

/** Other programs say `ping` and `disconnect` too: a channel tells, or a welcome with pings that have the time. */
function sniffMessages(samples: Sample[]): Sniff {
  const has = (test: (value: Record<string, unknown>) => boolean): boolean =>
    jsonShare(samples, (value) => isRecord(value) && test(value)) > 0;
  if (jsonShare(samples, (value) => explain(value) !== undefined) <= 0.9) return NO;
  const telling =
    has(({ identifier }) => typeof identifier === 'string' && textOf(parsed(identifier), 'channel') !== '') ||
    (has(({ type }) => type === 'welcome') &&
      has(({ type, message }) => type === 'ping' && typeof message === 'number'));
  return telling ? { confidence: 0.9, reason: 'channel identifiers, or welcome and pings of Action Cable' } : NO;
}

function explain(value: unknown): Meaning | undefined {
  if (!isRecord(value)) return undefined;
  const { type, command, identifier, message } = value;
  const channel = typeof identifier === 'string' ? channelOf(identifier) : '';
  if (typeof command === 'string' && COMMANDS.includes(command) && typeof identifier === 'string') {
    return explainCommand(command, identifier, channel, value);
  }
  if (typeof type === 'string' && TYPES.includes(type)) return explainType(type, identifier, channel, value);
  if (typeof identifier !== 'string' || !('message' in value)) return undefined;
  return {
    kind: `received ${channel}`,
    summary: `${channel} ${previewValue(message)}`,
    parts: onePart({ id: identifier || 'none', role: 'event' }),
  };
}

function explainCommand(command: string, identifier: string, channel: string, value: Record<string, unknown>): Meaning {
  if (command !== 'message') {
    return {
      kind: `${command} ${channel}`,
      summary: `${command} ${shown(identifier)}`,
      // Asked again, it is confirmed once.
      parts: onePart(
        command === 'subscribe' ? { id: identifier, role: 'request', opens: true } : { id: identifier, role: 'end' },
      ),
    };
  }
  const data = parsed(textOf(value, 'data'));
  const action = textOf(data, 'action');
  return {
    kind: `perform ${action && `${action} `}${channel}`,
    summary: `perform ${channel} ${previewValue(data)}`,
  };
}

function explainType(type: string, identifier: unknown, channel: string, value: Record<string, unknown>): Meaning {
  if (type === 'ping') return { kind: 'ping', summary: `ping ${previewValue(value.message)}`, heartbeat: true };
  if (type === 'disconnect') {
    const reason = textOf(value, 'reason');
    return { kind: type, summary: `disconnect ${reason}${value.reconnect === false ? ', not to reconnect' : ''}` };
  }
  if (typeof identifier !== 'string' || identifier === '') return { kind: type, summary: type };
  return {
    kind: `${type} ${channel}`,
    summary: `${type} ${shown(identifier)}`,
    parts: onePart({ id: identifier, role: 'reply' }),
  };
}

/** An identifier is JSON in a string: `{"channel":"ChatChannel","room":"1"}`. */
function channelOf(identifier: string): string {
  return textOf(parsed(identifier), 'channel') || cut(identifier, 40);
}

function shown(identifier: string): string {
  const value = parsed(identifier);
  if (!isRecord(value)) return identifier;
  const { channel, ...rest } = value;
  return `${String(channel)}${Object.keys(rest).length > 0 ? ` ${previewValue(rest)}` : ''}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
