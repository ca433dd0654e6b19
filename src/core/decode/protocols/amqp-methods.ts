/** A method of AMQP 0-9-1: its name and its arguments in order. */
export interface AmqpMethod {
  name: string;
  arguments: readonly { name: string; type: string }[];
}

/**
 * Methods by class and method number, arguments as `name:type` (AMQP 0-9-1 specification, chapter 1, and RabbitMQ's
 * extensions confirm, basic.nack, exchange.bind, connection.update-secret). Neighbouring bits share an octet.
 */
const METHODS: Readonly<Record<string, string>> = {
  '10.10': 'connection.start major:u8 minor:u8 server-properties:table mechanisms:long locales:long',
  '10.11': 'connection.start-ok client-properties:table mechanism:short response:long locale:short',
  '10.20': 'connection.secure challenge:long',
  '10.21': 'connection.secure-ok response:long',
  '10.30': 'connection.tune channel-max:u16 frame-max:u32 heartbeat:u16',
  '10.31': 'connection.tune-ok channel-max:u16 frame-max:u32 heartbeat:u16',
  '10.40': 'connection.open virtual-host:short reserved:short insist:bit',
  '10.41': 'connection.open-ok reserved:short',
  '10.50': 'connection.close reply-code:u16 reply-text:short class-id:u16 method-id:u16',
  '10.51': 'connection.close-ok',
  '10.60': 'connection.blocked reason:short',
  '10.61': 'connection.unblocked',
  '10.70': 'connection.update-secret new-secret:long reason:short',
  '10.71': 'connection.update-secret-ok',
  '20.10': 'channel.open reserved:short',
  '20.11': 'channel.open-ok reserved:long',
  '20.20': 'channel.flow active:bit',
  '20.21': 'channel.flow-ok active:bit',
  '20.40': 'channel.close reply-code:u16 reply-text:short class-id:u16 method-id:u16',
  '20.41': 'channel.close-ok',
  '40.10':
    'exchange.declare reserved:u16 exchange:short type:short passive:bit durable:bit auto-delete:bit internal:bit no-wait:bit arguments:table',
  '40.11': 'exchange.declare-ok',
  '40.20': 'exchange.delete reserved:u16 exchange:short if-unused:bit no-wait:bit',
  '40.21': 'exchange.delete-ok',
  '40.30': 'exchange.bind reserved:u16 destination:short source:short routing-key:short no-wait:bit arguments:table',
  '40.31': 'exchange.bind-ok',
  '40.40': 'exchange.unbind reserved:u16 destination:short source:short routing-key:short no-wait:bit arguments:table',
  '40.51': 'exchange.unbind-ok',
  '50.10':
    'queue.declare reserved:u16 queue:short passive:bit durable:bit exclusive:bit auto-delete:bit no-wait:bit arguments:table',
  '50.11': 'queue.declare-ok queue:short message-count:u32 consumer-count:u32',
  '50.20': 'queue.bind reserved:u16 queue:short exchange:short routing-key:short no-wait:bit arguments:table',
  '50.21': 'queue.bind-ok',
  '50.30': 'queue.purge reserved:u16 queue:short no-wait:bit',
  '50.31': 'queue.purge-ok message-count:u32',
  '50.40': 'queue.delete reserved:u16 queue:short if-unused:bit if-empty:bit no-wait:bit',
  '50.41': 'queue.delete-ok message-count:u32',
  '50.50': 'queue.unbind reserved:u16 queue:short exchange:short routing-key:short arguments:table',
  '50.51': 'queue.unbind-ok',
  '60.10': 'basic.qos prefetch-size:u32 prefetch-count:u16 global:bit',
  '60.11': 'basic.qos-ok',
  '60.20':
    'basic.consume reserved:u16 queue:short consumer-tag:short no-local:bit no-ack:bit exclusive:bit no-wait:bit arguments:table',
  '60.21': 'basic.consume-ok consumer-tag:short',
  '60.30': 'basic.cancel consumer-tag:short no-wait:bit',
  '60.31': 'basic.cancel-ok consumer-tag:short',
  '60.40': 'basic.publish reserved:u16 exchange:short routing-key:short mandatory:bit immediate:bit',
  '60.50': 'basic.return reply-code:u16 reply-text:short exchange:short routing-key:short',
  '60.60': 'basic.deliver consumer-tag:short delivery-tag:u64 redelivered:bit exchange:short routing-key:short',
  '60.70': 'basic.get reserved:u16 queue:short no-ack:bit',
  '60.71': 'basic.get-ok delivery-tag:u64 redelivered:bit exchange:short routing-key:short message-count:u32',
  '60.72': 'basic.get-empty reserved:short',
  '60.80': 'basic.ack delivery-tag:u64 multiple:bit',
  '60.90': 'basic.reject delivery-tag:u64 requeue:bit',
  '60.110': 'basic.recover requeue:bit',
  '60.111': 'basic.recover-ok',
  '60.120': 'basic.nack delivery-tag:u64 multiple:bit requeue:bit',
  '85.10': 'confirm.select no-wait:bit',
  '85.11': 'confirm.select-ok',
  '90.10': 'tx.select',
  '90.11': 'tx.select-ok',
  '90.20': 'tx.commit',
  '90.21': 'tx.commit-ok',
  '90.30': 'tx.rollback',
  '90.31': 'tx.rollback-ok',
};

/** Properties of a content header, highest flag first (chapter 1.8, class basic). */
export const AMQP_PROPERTIES = [
  'content-type:short',
  'content-encoding:short',
  'headers:table',
  'delivery-mode:u8',
  'priority:u8',
  'correlation-id:short',
  'reply-to:short',
  'expiration:short',
  'message-id:short',
  'timestamp:time',
  'type:short',
  'user-id:short',
  'app-id:short',
  'cluster-id:short',
].map(nameAndType);

/** The method with these numbers, or undefined. */
export function amqpMethod(classId: number, methodId: number): AmqpMethod | undefined {
  const text = METHODS[`${classId}.${methodId}`];
  if (text === undefined) return undefined;
  const [name = '', ...fields] = text.split(' ');
  return { name, arguments: fields.map(nameAndType) };
}

function nameAndType(text: string): { name: string; type: string } {
  const [name = '', type = ''] = text.split(':');
  return { name, type };
}
