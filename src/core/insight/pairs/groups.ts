import { printOperand } from '../../filter/syntax/print-operand';
import type { InsightMessage } from '../message';
import type { GroupRow } from './pair-row';

/** Groups that are remembered. */
export const MOST_GROUPS = 500;

/** A group as it grows; its filter is made when it is listed. */
export type Group = Omit<GroupRow, 'filter'> & {
  /** Its frames have the name in common (`topic:`), and not the id (`pair:`). */
  named: boolean;
};

/** Subscriptions and streams of a log, the oldest first. Bounded: ended ones go first, then the oldest. */
export class Groups {
  readonly #groups = new Set<Group>();
  dropped = 0;

  /**
   * @param opener whether the message is what opened it, and not an event of something that was opened before
   * @param name of what was subscribed to; the decoder's id counts, if left out
   */
  begin({ connection, kind, pair, time, frame }: InsightMessage, opener: boolean, name?: string): Group {
    const group: Group = {
      connection,
      id: name ?? pair?.id ?? '',
      named: name !== undefined,
      // A request for several, or that does other things too, is called by one of them only.
      kind: name !== undefined && opener && pair?.role !== 'reply' && !kind.includes(name) ? name : kind,
      state: opener ? 'asked' : 'open',
      events: 0,
      first: time,
      last: time,
      frame: opener ? frame : null,
    };
    this.#groups.add(group);
    if (this.#groups.size > MOST_GROUPS) this.#dropOne();
    return group;
  }

  /** @param connection number of one; `null` for all */
  list(connection: number | null): GroupRow[] {
    return [...this.#groups]
      .filter((group) => connection === null || group.connection === connection)
      .map(({ named, ...group }) => ({
        ...group,
        filter: `conn:${group.connection} ${named ? 'topic' : 'pair'}:${printOperand({ form: 'quoted', text: group.id })}`,
      }));
  }

  #dropOne(): void {
    let gone: Group | undefined;
    for (const group of this.#groups) {
      gone ??= group;
      if (group.state !== 'ended' && group.state !== 'failed') continue;
      gone = group;
      break;
    }
    if (gone !== undefined && this.#groups.delete(gone)) this.dropped++;
  }
}
