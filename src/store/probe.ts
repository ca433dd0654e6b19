import type { CompiledFilter, FilterEnvironment } from '../core/filter/types';
import { Content } from './content';
import type { Decoders } from './decoders';
import { LIMITS } from './limits';
import { FrameLog } from './log';
import type { ProbeAnswer, ProbeRequest } from './probe-messages';
import { RangeTest } from './range-test';
import { readRecord } from './record';
import { userDecoder } from './user-decoder';

export interface ProbeDeps {
  compileFilter(query: string, environment: FilterEnvironment): CompiledFilter;
  loadDecoders(): Promise<Decoders>;
}

/** Tests the frames of a request, in a log made for them alone. It may never return: that is what it is for. */
export async function probe(request: ProbeRequest, { compileFilter, loadDecoders }: ProbeDeps): Promise<ProbeAnswer> {
  const log = new FrameLog({ limits: LIMITS, loadSegment: async () => null, loadParts: async () => [] });
  const { frames, columns } = readRecord(request.record);
  const { data, offsets, previous, first, gaps, latencies, start } = request;
  log.columns.restore(columns, 0, { offset: offsets, previous });
  const segment = log.segments.restore(0, 0);
  Object.assign(segment, { rows: frames, bytes: data.length, data });
  const content = new Content(
    log,
    () => withDefined(request, loadDecoders),
    () => undefined,
  );
  for (const { connection, decoders } of request.connections) {
    log.connections.add(connection);
    if (decoders !== null) await content.adopt(connection.id, decoders);
  }
  for (const [row, answer] of request.answers) content.adoptAnswer(row, answer);
  const environment = { connection: (id: number) => log.connections.get(id)?.connection };
  const place = { first, start, gaps, latencies, marked: new Set(request.marked) };
  const test = new RangeTest(compileFilter(request.query, environment), content, place);
  const matches: number[] = [];
  const only = request.only === null ? null : new Set(request.only);
  await test.prepare(0, 0, frames);
  for (let from = request.context; from < frames; from++) {
    from = test.run(0, from, frames, only, Number.POSITIVE_INFINITY, (row) => matches.push(first + row));
    // Of a frame whose payload is gone its function said nothing.
    if (test.blocked < 0) break;
  }
  return { type: 'probed', id: request.id, matches };
}

/** The built-in decoders, and those that the request describes. */
async function withDefined({ connections }: ProbeRequest, loadDecoders: () => Promise<Decoders>): Promise<Decoders> {
  const registry = await loadDecoders();
  const definitions = connections.flatMap((connection) => connection.definitions);
  const users = connections.flatMap((connection) => connection.users);
  if (definitions.length + users.length === 0) return registry;
  const { schemaDecoder } = await import('../core/schema/schema-decoder');
  const { decoders, chooseDecoder, decodeFrame } = registry;
  const made = users.map((user) => userDecoder(user, registry, null));
  return { decoders: [...decoders, ...definitions.map(schemaDecoder), ...made], chooseDecoder, decodeFrame };
}
