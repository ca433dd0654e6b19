import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastFrameLine, fastHarMessage } from './fast-frames';
import { readFrameRecord } from './frame-record';
import { readHarMessage } from './har-message';

const encode = (text: string) => new TextEncoder().encode(text);
const where = (member: string) => member;

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((one) => one.toWellFormed()),
  fc.constant('"\\/\b\f\n\r\t'),
);
const base64 = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'));
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat()).map((n) => n + 0);

const message = fc.oneof(
  fc.record({ type: fc.constantFrom('send', 'receive'), time: number, opcode: fc.constant(1), data: text }),
  fc.record({ type: fc.constantFrom('send', 'receive'), time: number, opcode: fc.constant(2), data: base64 }),
);

describe('fastHarMessage', () => {
  it('gives what the full parser gives, or leaves it to that', () => {
    let fast = 0;
    fc.assert(
      fc.property(message, (record) => {
        const json = JSON.stringify(record);
        const frame = fastHarMessage(encode(json), 3);
        if (!json.includes('\\u')) expect(frame).not.toBeNull();
        if (frame === null) return;
        fast++;
        expect(frame).toEqual(readHarMessage(JSON.parse(json), 3, where));
      }),
      { numRuns: 500 },
    );
    expect(fast).toBeGreaterThan(300);
  });

  it.each([
    '{"type":"send","time":01,"opcode":1,"data":"x"}',
    '{"type":"send","time":1.,"opcode":1,"data":"x"}',
    '{"type":"send","time":"1","opcode":1,"data":"x"}',
    '{"type":"send","time":1,"opcode":1,"data":"\n"}',
    '{"type":"send","time":1,"opcode":1,"data":"\\x"}',
    '{"type":"send","time":1,"opcode":1,"data":"\\u0041"}',
    '{"type":"send","time":1,"opcode":2,"data":"*"}',
    '{"type":"send","time":1,"opcode":8,"data":"x"}',
    '{"type":"send","time":1,"opcode":1,"data":"x","_framescopeFlags":["ring"]}',
    '{"type":"send","time":1,"opcode":1,"data":"x"',
    '{"type":"send","time":1,"opcode":1,"data":"x"}}',
    '{"type":"send","time":1,"opcode":1,"data":"x",}',
    '{"type":"error","time":1,"opcode":-1,"data":"x"}',
    '{"type":"send","time":1,"opcode":1}',
    '{"type":"send","time":1',
    '{"type":"send","time":',
    '{}',
    '[]',
    '',
  ])('leaves %s to the full parser', (json) => {
    expect(fastHarMessage(encode(json), 1)).toBeNull();
  });

  it('leaves text that is not UTF-8 to the full parser', () => {
    const json = encode('{"type":"send","time":1,"opcode":1,"data":"x"}');
    json[json.length - 3] = 0xff;
    expect(fastHarMessage(json, 1)).toBeNull();
  });
});

describe('fastFrameLine', () => {
  const line = fc
    .record({
      type: fc.constant('frame'),
      time: number,
      connection: fc.nat(),
      direction: fc.constantFrom('sent', 'received'),
      kind: fc.constantFrom('text', 'open', 'gap', 'binary'),
      payload: fc.oneof(text, base64),
      member: fc.constantFrom('text', 'base64'),
      wrong: fc.constantFrom(0, 0, 0, 1),
    })
    .map(({ payload, member, wrong, ...rest }) => {
      const bytes = member === 'text' ? encode(payload) : Buffer.from(payload, 'base64');
      return { ...rest, length: bytes.length + wrong, [member]: payload };
    });

  it('gives what the full parser gives, or leaves it to that', () => {
    let fast = 0;
    fc.assert(
      fc.property(line, (record) => {
        const json = JSON.stringify(record);
        const frame = fastFrameLine(encode(json));
        if (frame === null) return;
        fast++;
        expect(frame).toEqual(readFrameRecord(JSON.parse(json), null, where));
      }),
      { numRuns: 500 },
    );
    expect(fast).toBeGreaterThan(100);
  });
});
