/** A growing list of frame numbers, ascending. */
export class FrameList {
  length = 0;
  #items = new Uint32Array(1024);

  at(index: number): number {
    return this.#items[index];
  }

  /** A view of items `from` to `to` (exclusive), valid until the next change. */
  slice(from = 0, to = this.length): Uint32Array {
    return this.#items.subarray(from, Math.min(to, this.length));
  }

  push(frame: number): void {
    if (this.length === this.#items.length) this.#grow();
    this.#items[this.length++] = frame;
  }

  /** Puts a frame in its place, unless it is there. @returns whether it was put */
  insert(frame: number): boolean {
    const index = this.search(frame);
    if (index < this.length && this.#items[index] === frame) return false;
    if (this.length === this.#items.length) this.#grow();
    this.#items.copyWithin(index + 1, index, this.length);
    this.#items[index] = frame;
    this.length++;
    return true;
  }

  /** @returns whether the frame was there */
  remove(frame: number): boolean {
    const index = this.search(frame);
    if (index >= this.length || this.#items[index] !== frame) return false;
    this.#items.copyWithin(index, index + 1, this.length);
    this.length--;
    return true;
  }

  /** Puts frames, ascending, in the place of all that are from `from` to `to` (exclusive). @returns whether that changes any */
  replace(from: number, to: number, frames: readonly number[]): boolean {
    const start = this.search(from);
    const end = this.search(to);
    if (end - start === frames.length && frames.every((frame, i) => this.#items[start + i] === frame)) return false;
    const length = this.length - (end - start) + frames.length;
    while (this.#items.length < length) this.#grow();
    this.#items.copyWithin(start + frames.length, end, this.length);
    this.#items.set(frames, start);
    this.length = length;
    return true;
  }

  /** Index of the first item that is not less than `frame`. */
  search(frame: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#items[middle] < frame) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const items = new Uint32Array(this.#items.length * 2);
    items.set(this.#items);
    this.#items = items;
  }
}
