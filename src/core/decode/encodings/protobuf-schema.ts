import type { ProtoTypes } from '../../schema/proto-types';
import { utf8 } from '../reader';
import { NO } from '../sniffing';
import { branch, itemCount, kindOf, LIMITS, leaf, oneLine } from '../tree';
import type { Decoded, Decoder } from '../types';
import { otherwise } from './otherwise';
import { protobuf } from './protobuf';
import { delimited, type Several } from './protobuf-delimited';
import { fieldsByNumber, membersOf, type Place, type TypedBytes } from './protobuf-members';
import { fits } from './protobuf-scalar';
import { typedNode, typedPreview } from './protobuf-typed';
import { leafValue, problemIn, typedValue } from './protobuf-value';

/** Names of the enums that mostly tell messages apart. */
const TELLING =
  /^_?(msg|message|event|op|action|cmd|command|packet)?_?(type|kind|op|opcode|event|action|cmd|command|method|id)$/i;

/** Full names of the messages of each direction; empty for Protobuf without a schema. */
export interface ProtobufChoice {
  sent: string;
  received: string;
}

/**
 * Protocol Buffers by a schema. Fields that it does not have are shown by number.
 * @param id as settings keep it
 */
export function protobufBySchema(id: string, label: string, types: ProtoTypes, choice: ProtobufChoice): Decoder {
  return {
    id,
    label,
    layer: 'encoding',
    sniff: () => NO,
    decode(payload, context) {
      const ref = choice[context.direction];
      if (ref === '') return protobuf.decode(payload, context);
      if (context.text) return otherwise(payload, context, 'binary', '');
      const source = { types, bytes: payload };
      const place = { ref, from: 0, to: payload.length };
      const problem = problemIn(source, place);
      const other = foreign(source, place);
      const several = problem || other ? delimited(payload) : undefined;
      if (several?.messages.every((part) => part.trailers || isRight(source, { ref, ...part }))) {
        return decodeSeveral(source, ref, several);
      }
      const note = other ? `${ref}, but the schema has none of these fields` : ref;
      return {
        tree: typedNode('', source, place, { start: 0, end: payload.length, note }),
        summary: oneLine(`${shortName(ref)} ${typedPreview(source, place, LIMITS.summary, 4)}`),
        kind: kindOf(kindIn(source, place)),
        ...(problem && { problem }),
        json: () => typedValue(source, place),
      };
    },
  };
}

function isRight(source: TypedBytes, place: Place): boolean {
  return problemIn(source, place) === undefined && !foreign(source, place);
}

/** Messages with their lengths before them, as a list. */
function decodeSeveral(source: TypedBytes, ref: string, { how, messages }: Several): Decoded {
  const { bytes } = source;
  const places = messages.filter(({ trailers }) => !trailers).map(({ from, to }) => ({ ref, from, to }));
  const first = places[0];
  const more = places.length > 1 ? `${itemCount(places.length)}: ` : '';
  const preview = first ? `${shortName(ref)} ${typedPreview(source, first, LIMITS.summary, 4)}` : 'trailers';
  return {
    tree: branch(
      '',
      'array',
      itemCount(messages.length),
      () =>
        messages.map(({ start, from, to, trailers }, i) =>
          trailers
            ? leaf(String(i), 'string', utf8(bytes.subarray(from, to)), { start, end: to, note: 'trailers' })
            : typedNode(String(i), source, { ref, from, to }, { start, end: to, note: ref }),
        ),
      { start: 0, end: bytes.length, note: how === 'gRPC' ? 'gRPC' : 'each with its length' },
    ),
    summary: oneLine(more + preview),
    kind: kindOf(first ? kindIn(source, first) : 'trailers'),
    json: () => {
      const values = places.map((place) => typedValue(source, place));
      return values.length === 1 ? values[0] : values;
    },
  };
}

/** Of an envelope the case of its oneof, else the name of an enum such as `type`, or the message's own name. */
function kindIn(source: TypedBytes, place: Place): string {
  const fields = [...fieldsByNumber(source, place).values()];
  const envelope = fields.filter(({ oneof }) => oneof !== undefined).length * 2 >= fields.length;
  let told: string | undefined;
  for (const { field, first, broken } of membersOf(source, place)) {
    if (broken || field === undefined || field.repeated || !fits(field, first)) continue;
    if (envelope && field.oneof !== undefined) return field.name;
    if (field.type === 'enum' && TELLING.test(field.name)) told ??= String(leafValue(source, field, first));
  }
  return told ?? shortName(place.ref);
}

/** Whether all fields are of another message. */
function foreign(source: TypedBytes, place: Place): boolean {
  let some = false;
  for (const { field, broken } of membersOf(source, place)) {
    if (field !== undefined) return false;
    some ||= broken === undefined;
  }
  return some;
}

function shortName(ref: string): string {
  return ref.slice(ref.lastIndexOf('.') + 1);
}
