import { readHar } from './har-read';
import { writeHar } from './har-write';
import type { FileFormat } from './types';

const decoder = new TextDecoder();

/** HAR 1.2 with `_webSocketMessages` as Chrome's Network tab reads and writes it. docs/formats.md */
export const har: FileFormat = {
  id: 'har',
  label: 'HAR',
  extension: 'har',
  mime: 'application/json',
  sniff: (head) => /^\s*\{\s*"log"\s*:/.test(decoder.decode(head)),
  write: writeHar,
  read: readHar,
};
