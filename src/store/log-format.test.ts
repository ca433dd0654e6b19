import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HEADER, HEADER_BYTES, ROW_BYTES, VERSION } from '../core/batch/layout';
import { FLAG, FRAME_KINDS } from '../core/model/frame';
import { COLUMN_BYTES } from './columns';
import { DATABASE_VERSION, SESSION_STORES } from './database';
import { LIMITS } from './limits';
import { FLUSH_MS, PIECES } from './writer';

const page = readFileSync(new URL('../../docs/log-format.md', import.meta.url), 'utf8');

const claims: [string, string][] = [
  ['bytes of the header', `| header | ${HEADER_BYTES} |`],
  ['bytes of a row', `a frame costs ${ROW_BYTES} bytes beside its payload`],
  ['what the budget counts', `payloads and ${ROW_BYTES} bytes a frame`],
  ['bytes of a row in memory', `${COLUMN_BYTES} bytes a frame in all`],
  ['the version of a batch', `\`version\`, now ${VERSION} |`],
  ['the version of the database', `database \`framescope\`, version ${DATABASE_VERSION}.`],
  ['the kinds', `index in \`${FRAME_KINDS.join(', ')}\``],
  [
    'the flags',
    Object.entries(FLAG)
      .map(([name, bit]) => `${bit} \`${name}\``)
      .join(', '),
  ],
  ['the size of a segment', `${LIMITS.segmentBytes >> 20} MiB each or ${LIMITS.segmentRows.toLocaleString('en')} rows`],
  ['the cache', `A cache of ${LIMITS.cacheBytes >> 20} MiB`],
  ['the bound of memory', `in memory up to ${LIMITS.memoryBytes >> 20} MiB`],
  ['the bound of stacks', `the different ones may take ${LIMITS.stackBytes >> 20} MiB`],
  ['what may wait for the disk', `more than ${LIMITS.waitingBytes >> 20} MiB wait for the disk`],
  ['the time a database has to open', `does not open it within ${LIMITS.openMs / 1000} s`],
  ['the time between flushes', `At most every ${FLUSH_MS} ms`],
  ['the pieces of a segment', `or has ${PIECES} pieces`],
  ...Object.entries(HEADER).map(([name, at]): [string, string] => [
    `the header field ${name}`,
    `| ${at} | ${name === 'reserved' ? name : `\`${name}\``}`,
  ]),
  ...SESSION_STORES.map((name): [string, string] => [`the store ${name}`, `| \`${name}\` | session, `]),
];

test.each(claims)('docs/log-format.md is right about %s', (_what, text) => {
  expect(page.replace(/\s+/g, ' ')).toContain(text);
});
