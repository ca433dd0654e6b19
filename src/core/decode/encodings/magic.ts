/** A kind of file that is told by its first bytes. */
export interface FileType {
  /** What the user reads: `PNG image`. */
  label: string;
  mime: string;
}

interface Signature extends FileType {
  /** Bytes at the offset, written as text of Latin-1 characters. */
  bytes: string;
  at?: number;
  /** More bytes, at another offset. */
  also?: { bytes: string; at: number };
}

const SIGNATURES: Signature[] = [
  { label: 'PNG image', mime: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { label: 'JPEG image', mime: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { label: 'GIF image', mime: 'image/gif', bytes: 'GIF87a' },
  { label: 'GIF image', mime: 'image/gif', bytes: 'GIF89a' },
  { label: 'WebP image', mime: 'image/webp', bytes: 'RIFF', also: { bytes: 'WEBP', at: 8 } },
  { label: 'WAV sound', mime: 'audio/wav', bytes: 'RIFF', also: { bytes: 'WAVE', at: 8 } },
  { label: 'AVI video', mime: 'video/x-msvideo', bytes: 'RIFF', also: { bytes: 'AVI ', at: 8 } },
  { label: 'AVIF image', mime: 'image/avif', bytes: 'ftypavif', at: 4 },
  { label: 'HEIC image', mime: 'image/heic', bytes: 'ftypheic', at: 4 },
  { label: 'MP4 file', mime: 'video/mp4', bytes: 'ftyp', at: 4 },
  { label: 'MP4 segment', mime: 'video/mp4', bytes: 'styp', at: 4 },
  { label: 'MP4 fragment', mime: 'video/mp4', bytes: 'moof', at: 4 },
  { label: 'TIFF image', mime: 'image/tiff', bytes: 'II*\0' },
  { label: 'TIFF image', mime: 'image/tiff', bytes: 'MM\0*' },
  { label: 'JPEG XL image', mime: 'image/jxl', bytes: '\0\0\0\x0cJXL \r\n\x87\n' },
  { label: 'WebM or Matroska video', mime: 'video/webm', bytes: '\x1aE\xdf\xa3' },
  { label: 'Ogg file', mime: 'audio/ogg', bytes: 'OggS' },
  { label: 'FLAC sound', mime: 'audio/flac', bytes: 'fLaC' },
  { label: 'MP3 sound', mime: 'audio/mpeg', bytes: 'ID3' },
  { label: 'MIDI file', mime: 'audio/midi', bytes: 'MThd' },
  { label: 'FLV video', mime: 'video/x-flv', bytes: 'FLV\x01' },
  { label: 'PDF document', mime: 'application/pdf', bytes: '%PDF-' },
  { label: 'ZIP archive', mime: 'application/zip', bytes: 'PK\x03\x04' },
  { label: '7z archive', mime: 'application/x-7z-compressed', bytes: '7z\xbc\xaf\x27\x1c' },
  { label: 'RAR archive', mime: 'application/vnd.rar', bytes: 'Rar!\x1a\x07' },
  { label: 'xz archive', mime: 'application/x-xz', bytes: '\xfd7zXZ\0' },
  { label: 'bzip2 archive', mime: 'application/x-bzip2', bytes: 'BZh', also: { bytes: '1AY&SY', at: 4 } },
  { label: 'tar archive', mime: 'application/x-tar', bytes: 'ustar', at: 257 },
  { label: 'LZ4 archive', mime: 'application/x-lz4', bytes: '\x04\x22\x4d\x18' },
  { label: 'WebAssembly module', mime: 'application/wasm', bytes: '\0asm' },
  { label: 'ELF program', mime: 'application/x-elf', bytes: '\x7fELF' },
  { label: 'WOFF font', mime: 'font/woff', bytes: 'wOFF' },
  { label: 'WOFF2 font', mime: 'font/woff2', bytes: 'wOF2' },
  { label: 'OpenType font', mime: 'font/otf', bytes: 'OTTO\0' },
  { label: 'glTF model', mime: 'model/gltf-binary', bytes: 'glTF', also: { bytes: '\0\0\0', at: 5 } },
  { label: 'SQLite database', mime: 'application/vnd.sqlite3', bytes: 'SQLite format 3\0' },
  { label: 'Arrow file', mime: 'application/vnd.apache.arrow.file', bytes: 'ARROW1\0\0' },
  { label: 'Parquet file', mime: 'application/vnd.apache.parquet', bytes: 'PAR1' },
  { label: 'Avro file', mime: 'application/avro', bytes: 'Obj\x01' },
];

/** The kind of file that begins with these bytes, or `undefined`. Looks at the first few hundred bytes. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  return (
    SIGNATURES.find(
      ({ bytes: magic, at = 0, also }) => has(bytes, at, magic) && (!also || has(bytes, also.at, also.bytes)),
    ) ?? (isBitmap(bytes) ? { label: 'BMP image', mime: 'image/bmp' } : undefined)
  );
}

/** `BM` is too short a word to go by: the size that follows has to be right too. */
function isBitmap(bytes: Uint8Array): boolean {
  if (!has(bytes, 0, 'BM') || bytes.length < 26) return false;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(2, true) === bytes.length;
}

function has(bytes: Uint8Array, at: number, magic: string): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}
