import fc from 'fast-check';
import { attempt, type Problem } from '../reader';
import { type Format, type Measure, measureItem } from '../structure/item';

/**
 * Throws where a format's `measure` says otherwise of random bytes than its `item` does: where an item ends, what is
 * nested in it, or why it cannot be read. Every first byte comes up; lengths that follow are mostly small.
 */
export function checkPassing(format: Format): void {
  const byte = fc.oneof(fc.nat(3), fc.nat(255));
  for (let head = 0; head < 256; head++) {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (rest) => {
        const bytes = Uint8Array.of(head, ...rest);
        const passed = measured((into) => format.measure(bytes, 0, into));
        const read = measured((into) => measureItem(format.item(bytes, 0), into));
        if (JSON.stringify(passed) !== JSON.stringify(read)) {
          throw new Error(`passed as ${JSON.stringify(passed)}, read as ${JSON.stringify(read)}`);
        }
      }),
      { numRuns: 50 },
    );
  }
}

function measured(measure: (into: Measure) => void): Problem | Measure {
  const into: Measure = { end: 0, items: 0, container: false };
  return attempt(() => measure(into)) ?? into;
}
