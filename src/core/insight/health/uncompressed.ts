import { deflateSync } from 'fflate';
import type { HealthDetector } from './detector';
import { sized } from './words';

/** Text in bytes before it is worth a word, and how much of it is tried. */
const LEAST_BYTES = 256 * 1024;
const SAMPLE = 48 * 1024;
/** How many times smaller it must become. */
const RATIO = 4;

interface Traffic {
  bytes: number;
  sample: string[];
  sampled: number;
  ratio: number | null;
}

/** Text that says much the same again and again, on a connection without compression. RFC 7692. */
export function createUncompressed(): HealthDetector {
  const traffic = new Map<number, Traffic>();
  return {
    see({ connection, text, bytes, content }) {
      if (!text) return;
      const known = traffic.get(connection) ?? { bytes: 0, sample: [], sampled: 0, ratio: null };
      traffic.set(connection, known);
      known.bytes += bytes;
      if (content === null || known.sampled >= SAMPLE) return;
      known.sample.push(content);
      known.sampled += content.length;
    },
    findings({ connections }) {
      return connections.flatMap(({ id, extensions, openedAt }) => {
        const known = traffic.get(id);
        if (!known || known.bytes < LEAST_BYTES || openedAt === null || extensions.includes('permessage-deflate'))
          return [];
        known.ratio ??= ratioOf(known);
        if (known.ratio < RATIO) return [];
        return {
          id: `uncompressed ${id}`,
          severity: 'info' as const,
          title: `${sized(known.bytes)} of text without compression; with permessage-deflate it would be about ${Math.round(known.ratio)} times less`,
          detail:
            'Neither side asked for the extension, or the server does not offer it. It costs memory and time on both.',
          connections: [id],
          filter: `conn:${id} kind:text`,
          frames: [],
        };
      });
    },
  };
}

function ratioOf(traffic: Traffic): number {
  const bytes = new TextEncoder().encode(traffic.sample.join(''));
  traffic.sample = [];
  return bytes.length === 0 ? 1 : bytes.length / deflateSync(bytes).length;
}
