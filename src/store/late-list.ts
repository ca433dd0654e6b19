import type { DiskNote } from './record';

const FIELDS = 3;
const FIRST_ROOM = 16;
const EMPTY = new Uint32Array(0);

/** Payloads of a segment that came after their rows, sorted by offset. Costs 12 bytes each, and nothing while there is none. */
export class LateList {
  length = 0;
  #fields = EMPTY;

  /** @param offset where the payload begins in the segment, in bytes */
  push(frame: number, offset: number, bytes: number): void {
    const at = this.length++ * FIELDS;
    if (at === this.#fields.length) {
      const grown = new Uint32Array(Math.max(FIRST_ROOM * FIELDS, at * 2));
      grown.set(this.#fields);
      this.#fields = grown;
    }
    this.#fields[at] = frame;
    this.#fields[at + 1] = offset;
    this.#fields[at + 2] = bytes;
  }

  /** Number of the frame that item `index` is of. */
  frame(index: number): number {
    return this.#fields[index * FIELDS];
  }

  /** Items from `from` on, as they lie on disk. */
  notes(from: number): DiskNote[] {
    const notes: DiskNote[] = [];
    for (let i = from * FIELDS; i < this.length * FIELDS; i += FIELDS) {
      const [frame, offset, bytes] = this.#fields.subarray(i, i + FIELDS);
      notes.push({ type: 'late', frame, offset, bytes });
    }
    return notes;
  }
}
