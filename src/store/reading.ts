import type { DecodedNode } from '../core/decode/types';
import { type Handlers, RemoteError } from '../core/messages/rpc';
import type { StoreCalls, TreeNode } from '../core/messages/store';
import { DecodedFrames } from './decoded-frames';
import { chosenFor } from './decoder-choices';
import { findRow } from './find';
import { nodeTerm } from './node-term';
import { PayloadContent } from './payload-content';
import { RangeTest } from './range-test';
import { changed } from './recording';
import { redecode } from './redecode';
import { saveChoices } from './schema-handlers';
import { type Store, withoutQuery } from './store';
import { searchTree } from './tree-search';
import { compile, setView } from './views';

type ReadingCalls = Pick<
  StoreCalls,
  | 'counts'
  | 'documents'
  | 'connections'
  | 'view'
  | 'closeView'
  | 'rows'
  | 'place'
  | 'frameNumbers'
  | 'find'
  | 'cancelFind'
  | 'payload'
  | 'decode'
  | 'children'
  | 'searchTree'
  | 'nodeTerm'
  | 'setDecoder'
  | 'decoders'
  | 'mark'
>;

/** The panel's calls about frames. */
export function readingHandlers(store: Store): Handlers<ReadingCalls> {
  const decoded = new DecodedFrames(store.decoders.load);
  let lastSearch = 0;
  let finding = new AbortController();
  return {
    counts: ({ log }) => store.counts(log),
    documents: ({ log }) => store.log(log).log.documents,
    connections: ({ log }) => store.log(log).log.connections.list(),

    view({ view: id, spec }) {
      const view = setView(store, id, spec);
      view.wake();
      return view.state();
    },

    closeView({ view }) {
      store.views.get(view)?.close();
      store.views.delete(view);
      return null;
    },

    rows({ view: id, from, count }) {
      const view = store.view(id);
      return store.log(view.spec.log).rows.of(view, from, count);
    },

    place: ({ view, frame }) => store.view(view).place(frame),
    frameNumbers: ({ view, from, to }) => store.view(view).frames(from, to),

    async find({ view: id, query, from, backwards }) {
      const view = store.view(id);
      const open = store.log(view.spec.log);
      const filter = compile(store, open, query);
      const { signal } = finding;
      if (filter.needsPairs) await Promise.race([open.insight.run(), aborted(signal)]);
      const sought = { query, filter, prober: store.prober, signal };
      return { ...(await findRow(view, sought, from, backwards)), problems: filter.problems };
    },

    cancelFind() {
      finding.abort();
      finding = new AbortController();
      return null;
    },

    async payload({ log: id, frame, from, to }) {
      const { log, rows } = store.log(id);
      const row = await rows.row(frame);
      const bytes = await log.payload(frame, from, to);
      if (bytes === null) throw noPayload();
      const stack = log.stacks.get(frame) ?? null;
      return { row, bytes: bytes.slice().buffer, total: row.length, stack };
    },

    async decode({ log, frame, decoder }) {
      const { result, chosen } = await decoded.get(store.log(log), frame, decoder);
      return {
        decoder: chosen.decoder.id,
        label: chosen.decoder.label,
        reason: chosen.reason,
        summary: result.summary,
        messageKind: result.kind,
        tree: treeNode(result.tree, decoded),
        problem: result.problem ?? null,
      };
    },

    async children({ log, frame, decoder, path, from, to }) {
      const { result } = await decoded.get(store.log(log), frame, decoder);
      return decoded
        .children(decoded.way(result.tree, path).at(-1) ?? result.tree)
        .slice(from, to)
        .map((child) => treeNode(child, decoded));
    },

    async searchTree({ log, frame, decoder, text }) {
      const search = ++lastSearch;
      const { result } = await decoded.get(store.log(log), frame, decoder);
      return await searchTree(result.tree, text, () => search !== lastSearch);
    },

    async nodeTerm({ log: id, frame, path }) {
      const open = store.log(id);
      const { result } = await decoded.get(open, frame, null);
      const content = new PayloadContent(open.content).set(frame, await open.log.payload(frame));
      const way = decoded.way(result.tree, path);
      const passes = (query: string) => new RangeTest(compile(store, open, query), open.content).one(frame);
      return await nodeTerm(result.tree, way, content.json(), (node) => decoded.children(node), passes);
    },

    async setDecoder({ log: id, connection, decoder }) {
      const { log } = store.log(id);
      const key = withoutQuery(log.connections.get(connection)?.connection.url ?? '');
      if (decoder !== null) store.preferred.set(key, decoder);
      else {
        store.preferred.delete(key);
        // A pattern speaks for it still.
        if (chosenFor(store.preferred, key) !== undefined) store.preferred.set(key, '');
      }
      await saveChoices(store);
      redecode(store);
      return null;
    },

    async decoders() {
      const { decoders } = await store.decoders.load();
      return decoders.map(({ id, label }) => ({ id, label }));
    },

    async mark({ log: id, frames, marked, note }) {
      const { log } = store.log(id);
      for (const frame of frames) {
        if (marked) log.marks.set(frame, note);
        else log.marks.delete(frame);
      }
      await saveMarks(store, id, frames);
      for (const view of store.viewsOf(log)) for (const frame of frames) await view.retest(frame);
      return null;
    },
  };
}

async function saveMarks(store: Store, id: string, frames: number[]): Promise<void> {
  const { log } = store.log(id);
  if (log === store.live.log) {
    for (const frame of frames) store.live.mark(frame);
    changed(store);
    // At once: who marks something and closes DevTools expects to find it.
    await store.live.flush();
    return;
  }
  const database = await store.database;
  for (const frame of frames) {
    const note = log.marks.get(frame);
    if (note === undefined) await database?.delete('marks', [id, frame]);
    else await database?.put('marks', note, [id, frame]);
  }
}

function treeNode(full: DecodedNode, decoded: DecodedFrames): TreeNode {
  const { children, bytes, ...node } = full;
  const size = children === undefined ? 0 : decoded.children(full).length;
  // A copy: the view would carry the whole buffer over.
  return { ...node, ...(bytes && { bytes: bytes.slice() }), size };
}

function noPayload(): RemoteError {
  return new RemoteError({ name: 'NotFoundError', message: 'The payload of this frame is not there any more' });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
