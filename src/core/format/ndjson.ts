import { readNdjson } from './ndjson-read';
import { NDJSON_FORMAT, writeNdjson } from './ndjson-write';
import type { FileFormat } from './types';

const decoder = new TextDecoder();

/** NDJSON, one frame a line: Framescope's own lossless format. docs/formats.md */
export const ndjson: FileFormat = {
  id: 'ndjson',
  label: 'NDJSON',
  extension: 'ndjson',
  mime: 'application/x-ndjson',
  sniff: (head) => {
    const [line] = decoder.decode(head).trimStart().split('\n', 1);
    return line.startsWith('{') && /"type"\s*:\s*"header"/.test(line) && line.includes(`"${NDJSON_FORMAT}"`);
  },
  write: writeNdjson,
  read: readNdjson,
};
