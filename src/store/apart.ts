/** A payload above 1 MiB, in its parts. */
interface ApartPayload {
  parts: ApartPart[];
  /** Bytes that came until now. */
  bytes: number;
  complete: boolean;
}

interface ApartPart {
  bytes: number;
  /** `null` when only the disk has it. */
  data: Uint8Array | null;
}

/** A part that the disk does not have yet. */
export interface UnsavedPart {
  frame: number;
  part: number;
  data: Uint8Array;
}

/** Fetches parts `from` to `to` (inclusive) of a frame's payload from disk; fewer where they are gone. */
export type PartsLoader = (frame: number, from: number, to: number) => Promise<Uint8Array[]>;

/** Large payloads, stored apart from the segments and loaded when somebody looks at them. */
export class ApartPayloads {
  readonly #payloads = new Map<number, ApartPayload>();
  /** In the order in which they came. */
  readonly unsaved: UnsavedPart[] = [];
  unsavedBytes = 0;

  constructor(readonly load: PartsLoader) {}

  /** Takes a copy of the next piece of a frame's payload. @returns bytes that came until now */
  add(frame: number, piece: Uint8Array): number {
    const payload = this.#payloads.get(frame) ?? { parts: [], bytes: 0, complete: false };
    this.#payloads.set(frame, payload);
    const data = piece.slice();
    payload.parts.push({ bytes: data.length, data });
    payload.bytes += data.length;
    this.unsaved.push({ frame, part: payload.parts.length - 1, data });
    this.unsavedBytes += data.length;
    return payload.bytes;
  }

  /** All of it came. @returns bytes of each part */
  complete(frame: number): number[] {
    const payload = this.#payloads.get(frame);
    if (payload === undefined) return [];
    payload.complete = true;
    return payload.parts.map(({ bytes }) => bytes);
  }

  /** A payload that lies on disk since earlier, in parts of so many bytes. */
  restore(frame: number, lengths: number[]): void {
    const bytes = lengths.reduce((sum, length) => sum + length, 0);
    this.#payloads.set(frame, {
      parts: lengths.map((length) => ({ bytes: length, data: null })),
      bytes,
      complete: true,
    });
  }

  /** Forgets a frame's payload. */
  remove(frame: number): void {
    this.#payloads.delete(frame);
    const rest = this.unsaved.filter((part) => part.frame !== frame);
    this.unsaved.splice(0, this.unsaved.length, ...rest);
    this.unsavedBytes = rest.reduce((sum, part) => sum + part.data.length, 0);
  }

  /** The disk has these parts now: memory lets them go. */
  markSaved(saved: UnsavedPart[]): void {
    const done = new Set(saved);
    for (const { frame, part } of saved) {
      const entry = this.#payloads.get(frame)?.parts[part];
      if (entry) entry.data = null;
    }
    const rest = this.unsaved.filter((part) => !done.has(part));
    this.unsaved.splice(0, this.unsaved.length, ...rest);
    this.unsavedBytes = rest.reduce((sum, part) => sum + part.data.length, 0);
  }

  /** Frames whose payload only memory has, in the order in which they came. */
  unsavedFrames(): number[] {
    return [...new Set(this.unsaved.map((part) => part.frame))];
  }

  /** Frames of which the disk has a part that memory does not hold. */
  savedFrames(): number[] {
    const saved = [...this.#payloads].filter(([, { parts }]) => parts.some(({ data }) => data === null));
    return saved.map(([frame]) => frame);
  }

  /**
   * Bytes `from` to `to` (exclusive, cut at the end) of a payload.
   * @returns `null` when it is not complete, or gone
   */
  async slice(frame: number, from: number, to: number): Promise<Uint8Array | null> {
    const payload = this.#payloads.get(frame);
    if (payload === undefined || !payload.complete) return null;
    const end = Math.min(to, payload.bytes);
    const result = new Uint8Array(Math.max(0, end - from));
    let start = 0;
    for (let part = 0; part < payload.parts.length && start < end; part++) {
      const { bytes, data } = payload.parts[part];
      if (start + bytes > from) {
        const piece = data ?? (await this.load(frame, part, part))[0];
        if (piece === undefined) return null;
        const cut = piece.subarray(Math.max(0, from - start), Math.min(bytes, end - start));
        result.set(cut, Math.max(0, start - from));
      }
      start += bytes;
    }
    return result;
  }
}
