/** How messages of a connection are read: the type of each direction; empty for no schema. */
export interface SchemaChoice {
  format: 'protobuf' | 'avro';
  sent: string;
  received: string;
}

const LABELS = { protobuf: 'Protobuf', avro: 'Avro' };

/** The id of a decoder by schema, as settings keep it: `protobuf:shop.Order`, or `protobuf:shop.Request>shop.Reply`. */
export function schemaId({ format, sent, received }: SchemaChoice): string {
  return sent === received ? `${format}:${sent}` : `${format}:${sent}>${received}`;
}

/** The reverse of {@link schemaId}; `undefined` for ids of other decoders. */
export function parseSchemaId(id: string): SchemaChoice | undefined {
  const [, format, sent = '', received = sent] = /^(protobuf|avro):([^>]*)(?:>(.*))?$/.exec(id) ?? [];
  if ((format !== 'protobuf' && format !== 'avro') || (sent === '' && received === '')) return undefined;
  return { format, sent, received };
}

/** What the user reads: `Order (Protobuf)`, or `Request / Reply (Protobuf)` for sent and received. */
export function schemaLabel({ format, sent, received }: SchemaChoice): string {
  const short = (name: string) => name.slice(name.lastIndexOf('.') + 1) || '–';
  const types = sent === received ? short(sent) : `${short(sent)} / ${short(received)}`;
  return `${types} (${LABELS[format]})`;
}
