import type { InsightCalls } from '../../core/insight/insight-calls';
import { KindTable } from '../../core/insight/kinds/kind-table';
import { PairLinks } from '../../core/insight/pairs/pair-links';
import { PairTable } from '../../core/insight/pairs/pair-table';
import type { Handlers } from '../../core/messages/rpc';

/** Insight of a made-up log: two kinds, and nothing that is asked. */
export function fakeInsight(frames: () => number): Handlers<InsightCalls> {
  const kinds = new KindTable();
  for (let frame = 0; frame < 30; frame++) {
    kinds.add({
      frame,
      time: frame * 100,
      connection: 1,
      sent: frame % 5 === 0,
      bytes: 90,
      kind: frame % 3 === 0 ? 'type:quote' : 'type:trade',
    });
  }
  let field = '';
  return {
    watchInsight: ({ log }) => ({ log, scanned: frames(), total: frames(), unread: 0, stopped: null }),
    kinds: ({ connection }) => kinds.rows(connection),
    pairs: ({ connection }) => new PairTable(new PairLinks()).report(connection),
    pairField: () => field,
    setPairField({ path }) {
      field = path;
      return null;
    },
  };
}
