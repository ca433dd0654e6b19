import { readFileSync } from 'node:fs';
import { toBinary } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  file_google_protobuf_descriptor,
  file_google_protobuf_struct,
} from '@bufbuild/protobuf/wkt';
import fc from 'fast-check';
import protobufjs from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor';
import { describe, expect, test } from 'vitest';
import { readDescriptorSet } from './descriptor-set';
import { linkProto } from './link-proto';
import { parseProto } from './parse-proto';
import type { ProtoTypes } from './proto-types';

const parse = (source: string, name = 'a.proto') => linkProto([parseProto(name, source)]);
/** A file that comes with protobufjs. */
const shipped = (path: string) =>
  readFileSync(new URL(`../../../node_modules/protobufjs/google/${path}`, import.meta.url), 'utf8');

describe('.proto files', () => {
  test('types are found from the inside out, and across files', () => {
    const { messages, enums } = linkProto([
      parseProto(
        'a.proto',
        'package x.y; message A { message B { A a = 1; .x.y.A b = 2; z.C c = 3; E e = 4; } enum E { N = 0; } }',
      ),
      parseProto(
        'c.proto',
        'package x.z; message C { reserved 2, 4 to 6; optional y.A a = 1 [deprecated = true, (opt).x = "];"]; }',
      ),
    ]);
    expect(messages['x.y.A.B']).toEqual([
      { number: 1, name: 'a', type: 'message', ref: 'x.y.A' },
      { number: 2, name: 'b', type: 'message', ref: 'x.y.A' },
      { number: 3, name: 'c', type: 'message', ref: 'x.z.C' },
      { number: 4, name: 'e', type: 'enum', ref: 'x.y.A.E' },
    ]);
    expect(messages['x.z.C']).toEqual([{ number: 1, name: 'a', type: 'message', ref: 'x.y.A' }]);
    expect(enums['x.y.A.E']).toEqual({ 0: 'N' });
  });

  test('everything that may stand in a file may stand there', () => {
    const { messages, enums } = parse(`
      // a comment; /* in it */
      edition = "2023"; /* another
      one */
      package p;
      import public 'other.proto'; import weak "w.proto"; import option "o.proto";
      option java_package = "x"; option (my.opt) = { a: 1 b { c: "};" } };
      service S { rpc Do (A) returns (stream A) { option (google.api.http) = { get: "/v1/{name=a/*}" }; } }
      extend google.protobuf.FieldOptions { optional string mine = 50000; }
      local enum Mood { option allow_alias = true; GOOD = 0; FINE = 0 [(x) = 1]; BAD = -0x2; reserved 5 to max; reserved "X"; };
      export message A {
        option deprecated = true;
        oneof one { option (x) = true; int32 message = 1; string option = 2; group G = 3 { int32 reserved = 1; } }
        map<string, .p.A> map = 04;
        repeated Mood oneof = 0x5 [packed = false, json_name = "x", features.(y) = { z: [1, 2] }];
        extensions 100 to 199 [verification = UNVERIFIED];
        reserved foo, bar;
        optional enum enum = 6; message enum { }
        required sint32 required = 7;
        ;
      }`);
    expect(messages['p.A']).toEqual([
      { number: 1, name: 'message', type: 'int32', oneof: 'one' },
      { number: 2, name: 'option', type: 'string', oneof: 'one' },
      { number: 3, name: 'g', type: 'message', ref: 'p.A.G', oneof: 'one' },
      { number: 4, name: 'map', type: 'message', ref: 'p.A.map<>', repeated: true, map: true },
      { number: 5, name: 'oneof', type: 'enum', ref: 'p.Mood', repeated: true },
      { number: 6, name: 'enum', type: 'message', ref: 'p.A.enum' },
      { number: 7, name: 'required', type: 'sint32' },
    ]);
    expect(messages['p.A.map<>']?.[1]).toEqual({ number: 2, name: 'value', type: 'message', ref: 'p.A' });
    expect(messages['p.A.G']).toEqual([{ number: 1, name: 'reserved', type: 'int32' }]);
    expect(enums['p.Mood']).toEqual({ 0: 'GOOD', '-2': 'BAD' });
  });

  test.each([
    ['message A {\n  int32 a 1;\n}', 'a.proto, line 2: "=" expected, "1" found'],
    ['message A {\n  int32 a = 1;\n', 'a.proto, line 3: a field or "}" expected, the end of the file found'],
    ['hello world', 'a.proto, line 1: "message", "enum" or another declaration expected, "hello" found'],
    ['message A { int32 a = 0; }', 'a.proto, line 1: a field number from 1 to 536870911 expected, "0" found'],
    ['\n\nmessage A { Missing a = 1; }', 'a.proto, line 3: there is no type "Missing"'],
    [
      'import "b/c.proto";\nmessage A {\n b.C c = 1; }',
      'a.proto, line 3: there is no type "b.C". The file imports "b/c.proto", not loaded here: choose all files together',
    ],
    ['message A {}\nmessage A {}', 'a.proto, line 2: A is declared already'],
    ['/* no end', 'a.proto, line 1: a comment that does not end'],
    ['message A { string a = 1; } \u0001', 'a.proto, line 1: "\u0001" cannot stand here'],
    ['option a = {', 'a.proto, line 1: "}" for the "{" of line 1 expected, the end of the file found'],
    ['<html>', 'a.proto, line 1: "message", "enum" or another declaration expected, "<" found'],
  ])('%j is refused with line and reason', (source, message) => {
    expect(() => parse(source)).toThrow(expect.objectContaining({ name: 'SchemaError', message }));
  });

  test('any text is parsed or refused with a SchemaError', () => {
    const words = [
      'message',
      'enum',
      'A',
      '{',
      '}',
      ';',
      '=',
      '1',
      'repeated',
      'group',
      'map',
      '<',
      '>',
      '"x"',
      'oneof',
      '.',
      'extend',
      '[',
      ']',
      '\n',
      '/*',
      'option',
      ',',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (list) => {
        try {
          parse(list.join(' '));
        } catch (error) {
          expect(error).toMatchObject({ name: 'SchemaError', file: 'a.proto' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['protobuf/descriptor.proto', 'protobuf/type.proto', 'protobuf/api.proto', 'api/http.proto'])(
    '%s is read as protobufjs reads it',
    (path) => {
      const names = path.startsWith('protobuf/') ? ['type', 'api', 'source_context'] : ['http'];
      const paths =
        path === 'protobuf/descriptor.proto' ? [path] : names.map((name) => `${path.split('/')[0]}/${name}.proto`);
      const ours = linkProto(paths.map((each) => parseProto(each, shipped(each))));
      const root = protobufjs.parse(shipped(path), new protobufjs.Root(), { keepCase: true }).root;
      let compared = 0;
      const compare = (of: protobufjs.ReflectionObject) => {
        if (of instanceof protobufjs.Type) {
          const expected = of.fieldsArray.map(({ id, name, type, repeated }) => [
            id,
            name,
            type.split('.').at(-1),
            repeated,
          ]);
          const found = ours.messages[of.fullName.slice(1)]?.map(({ number, name, type, ref, repeated = false }) => [
            number,
            name,
            ref?.split('.').at(-1) ?? type,
            repeated,
          ]);
          expect(found).toEqual(expected);
          compared++;
        }
        if (of instanceof protobufjs.Namespace) of.nestedArray.forEach(compare);
      };
      compare(root);
      expect(compared).toBeGreaterThan(1);
    },
  );
});

describe('descriptor sets', () => {
  test('say the same as the files they were made of', () => {
    const source = `syntax = "proto3"; package p;
      enum E { A = 0; B = 1; }
      message M {
        message In { bool ok = 1; }
        uint64 n = 1; repeated In list = 2; oneof one { E e = 4; string s = 5; } E mood = 6;
      }`;
    const root = protobufjs.parse(source, { keepCase: true }).root.resolveAll();
    const set = (
      root as protobufjs.Root & descriptor.IFileDescriptorSet as unknown as { toDescriptor(edition: string): object }
    ).toDescriptor('proto3');
    const bytes = Uint8Array.from(descriptor.FileDescriptorSet.encode(set as never).finish());
    const ours = linkProto(readDescriptorSet('set.desc', bytes));
    expect(own(ours)).toEqual(own(parse(source)));
  });

  test('made by protoc say the same as the file', () => {
    const file = toBinary(FileDescriptorProtoSchema, file_google_protobuf_descriptor.proto);
    const ours = linkProto(readDescriptorSet('descriptor.pb', file));
    const { messages } = parse(shipped('protobuf/descriptor.proto'), 'google/protobuf/descriptor.proto');
    expect(Object.keys(messages)).toContain('google.protobuf.FieldDescriptorProto');
    // The one is a little newer than the other.
    for (const [name, fields] of Object.entries(messages)) {
      expect(ours.messages[name]).toEqual(expect.arrayContaining(fields));
    }
  });

  test('maps are lists of entries', () => {
    const file = toBinary(FileDescriptorProtoSchema, file_google_protobuf_struct.proto);
    const { messages } = linkProto(readDescriptorSet('struct.pb', file));
    const ref = 'google.protobuf.Struct.FieldsEntry';
    expect(messages['google.protobuf.Struct']).toEqual([
      { number: 1, name: 'fields', type: 'message', ref, repeated: true, map: true },
    ]);
    expect(messages[ref]?.map(({ name }) => name)).toEqual(['key', 'value']);
  });

  test.each([
    [Uint8Array.of(1, 2, 3), /^x\.desc: not a descriptor set: .* \(at byte \d+\)$/],
    [new Uint8Array(0), /^x\.desc: not a descriptor set, or one without messages$/],
    [new TextEncoder().encode('hello there'), /^x\.desc: not a descriptor set/],
  ])('other bytes are refused', (bytes, message) => {
    expect(() => readDescriptorSet('x.desc', bytes)).toThrow(message);
  });
});

/** Without what comes with Protobuf. */
function own({ messages, enums }: ProtoTypes) {
  return {
    messages: Object.fromEntries(Object.entries(messages).filter(([name]) => !name.startsWith('google.'))),
    enums,
  };
}
