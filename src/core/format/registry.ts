import { har } from './har';
import { ndjson } from './ndjson';
import { type FileFormat, FormatError } from './types';

/** The formats that are read and written, in the order of the menus. */
export const formats: readonly FileFormat[] = [har, ndjson];

/** Beginnings of files that people pick by mistake. */
const FOREIGN: readonly [bytes: number[], what: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive'],
  [[0x1f, 0x8b], 'a gzip archive: unpack it first'],
  [[0x0a, 0x0d, 0x0d, 0x0a], 'a packet capture'],
  [[0xd4, 0xc3, 0xb2, 0xa1], 'a packet capture'],
];

/**
 * The format of a file: what its beginning says, else what its name says.
 * @param head the first bytes of the file, up to 4 KiB
 * @param name the file's name
 * @throws {FormatError} when it can be none of them
 */
export function formatFor(head: Uint8Array, name: string): FileFormat {
  if (head.length === 0) throw new FormatError('The file is empty', name);
  const sniffed = formats.find((format) => format.sniff(head));
  if (sniffed) return sniffed;
  const foreign = FOREIGN.find(([bytes]) => bytes.every((byte, i) => head[i] === byte));
  if (foreign) throw new FormatError(`This is ${foreign[1]}, not one of ${labels()}`, name);
  const named = formats.find((format) => name.toLowerCase().endsWith(`.${format.extension}`));
  if (named) return named;
  throw new FormatError(`This is none of the formats that can be read: ${labels()}`, name);
}

function labels(): string {
  return formats.map((format) => format.label).join(', ');
}
