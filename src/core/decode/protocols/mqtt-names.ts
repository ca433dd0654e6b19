/** Packet types by number: MQTT 5 §2.1.2, MQTT 3.1.1 §2.2.1. */
export const PACKET_TYPES = [
  'reserved',
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const;

export type PropertyType = 'byte' | 'u16' | 'u32' | 'varuint' | 'text' | 'bytes' | 'pair';

/** Properties by identifier: MQTT 5 §2.2.2.2. */
export const PROPERTIES: ReadonlyMap<number, readonly [name: string, type: PropertyType]> = new Map([
  [1, ['Payload Format Indicator', 'byte']],
  [2, ['Message Expiry Interval', 'u32']],
  [3, ['Content Type', 'text']],
  [8, ['Response Topic', 'text']],
  [9, ['Correlation Data', 'bytes']],
  [11, ['Subscription Identifier', 'varuint']],
  [17, ['Session Expiry Interval', 'u32']],
  [18, ['Assigned Client Identifier', 'text']],
  [19, ['Server Keep Alive', 'u16']],
  [21, ['Authentication Method', 'text']],
  [22, ['Authentication Data', 'bytes']],
  [23, ['Request Problem Information', 'byte']],
  [24, ['Will Delay Interval', 'u32']],
  [25, ['Request Response Information', 'byte']],
  [26, ['Response Information', 'text']],
  [28, ['Server Reference', 'text']],
  [31, ['Reason String', 'text']],
  [33, ['Receive Maximum', 'u16']],
  [34, ['Topic Alias Maximum', 'u16']],
  [35, ['Topic Alias', 'u16']],
  [36, ['Maximum QoS', 'byte']],
  [37, ['Retain Available', 'byte']],
  [38, ['User Property', 'pair']],
  [39, ['Maximum Packet Size', 'u32']],
  [40, ['Wildcard Subscription Available', 'byte']],
  [41, ['Subscription Identifier Available', 'byte']],
  [42, ['Shared Subscription Available', 'byte']],
]);

const REASONS: Readonly<Record<number, string>> = {
  0: 'Success',
  1: 'Granted QoS 1',
  2: 'Granted QoS 2',
  4: 'Disconnect with Will Message',
  16: 'No matching subscribers',
  17: 'No subscription existed',
  24: 'Continue authentication',
  25: 'Re-authenticate',
  128: 'Unspecified error',
  129: 'Malformed Packet',
  130: 'Protocol Error',
  131: 'Implementation specific error',
  132: 'Unsupported Protocol Version',
  133: 'Client Identifier not valid',
  134: 'Bad User Name or Password',
  135: 'Not authorized',
  136: 'Server unavailable',
  137: 'Server busy',
  138: 'Banned',
  139: 'Server shutting down',
  140: 'Bad authentication method',
  141: 'Keep Alive timeout',
  142: 'Session taken over',
  143: 'Topic Filter invalid',
  144: 'Topic Name invalid',
  145: 'Packet Identifier in use',
  146: 'Packet Identifier not found',
  147: 'Receive Maximum exceeded',
  148: 'Topic Alias invalid',
  149: 'Packet too large',
  150: 'Message rate too high',
  151: 'Quota exceeded',
  152: 'Administrative action',
  153: 'Payload format invalid',
  154: 'Retain not supported',
  155: 'QoS not supported',
  156: 'Use another server',
  157: 'Server moved',
  158: 'Shared Subscriptions not supported',
  159: 'Connection rate exceeded',
  160: 'Maximum connect time',
  161: 'Subscription Identifiers not supported',
  162: 'Wildcard Subscriptions not supported',
};

const CONNECT_RETURN = [
  'Connection accepted',
  'unacceptable protocol version',
  'identifier rejected',
  'server unavailable',
  'bad user name or password',
  'not authorized',
];

/** The meaning of a reason code (MQTT 5 §2.4), or undefined. */
export function reasonName(code: number): string | undefined {
  return REASONS[code];
}

/** The meaning of a CONNACK return code of MQTT 3.1.1 (§3.2.2.3), or undefined. */
export function connectReturnName(code: number): string | undefined {
  return CONNECT_RETURN[code];
}
