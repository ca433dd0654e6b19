import { attempt, ByteReader } from '../reader';

/** Width and height of an image, in pixels. */
export interface ImageSize {
  width: number;
  height: number;
  /** Byte offsets of the two numbers together. */
  start: number;
  end: number;
}

/** The size that an image tells in its head, or `undefined` where it cannot be read or the type is not known. */
export function imageSize(mime: string, bytes: Uint8Array): ImageSize | undefined {
  let size: ImageSize | undefined;
  attempt(() => {
    const reader = new ByteReader(bytes);
    if (mime === 'image/png') size = at(reader, 16, 8, () => [reader.u32(), reader.u32()]);
    else if (mime === 'image/gif') size = at(reader, 6, 4, () => [reader.u16LE(), reader.u16LE()]);
    else if (mime === 'image/bmp') size = at(reader, 18, 8, () => [reader.i32LE(), Math.abs(reader.i32LE())]);
    else if (mime === 'image/jpeg') size = jpegSize(reader);
    else if (mime === 'image/webp') size = webpSize(reader);
  });
  return size;
}

function at(reader: ByteReader, start: number, bytes: number, read: () => [number, number]): ImageSize {
  reader.at = Math.min(start, reader.end);
  const [width, height] = read();
  return { width, height, start, end: start + bytes };
}

/** ITU T.81 §B.2.2: the frame header, whose marker is SOF0 to SOF15 but for DHT, JPG and DAC. */
function jpegSize(reader: ByteReader): ImageSize | undefined {
  reader.skip(2);
  while (reader.left > 9) {
    if (reader.u8() !== 0xff) return undefined;
    const marker = reader.u8();
    if (marker === 0xff) {
      reader.at--;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const start = reader.at + 3;
      const size = at(reader, start, 4, () => [reader.u16(), reader.u16()]);
      return { ...size, width: size.height, height: size.width };
    }
    const length = reader.u16();
    reader.skip(Math.max(0, length - 2));
  }
  return undefined;
}

/** RFC 9649 §2.5 to §2.7: lossy, lossless, extended. */
function webpSize(reader: ByteReader): ImageSize | undefined {
  reader.skip(12);
  const form = reader.text(4);
  if (form === 'VP8 ') return at(reader, 26, 4, () => [reader.u16LE() & 0x3fff, reader.u16LE() & 0x3fff]);
  if (form === 'VP8X') return at(reader, 24, 6, () => [u24(reader) + 1, u24(reader) + 1]);
  if (form !== 'VP8L') return undefined;
  return at(reader, 21, 4, () => {
    const bits = reader.u32LE();
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  });
}

function u24(reader: ByteReader): number {
  return reader.u16LE() | (reader.u8() << 16);
}
