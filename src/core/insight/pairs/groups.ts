import { printOperand } from '../../filter/syntax/print-operand';
import type { InsightMessage } from '../message';
import type { GroupRow } from './pair-row';

/** Groups that are remembered. */
export const MOST_GROUPS = 500;

/** A group as it grows; its filter is made when it is listed. */
export type Group = Omit<GroupRow, 'filter'>;

/** Subscriptions and streams of a log, the oldest first. Bounded: ended ones go first, then the oldest. */
export class Groups {
  readonly #groups = new Set<Group>();
  dropped = 0;

  /** @param opener whether the message is what opened it, and not an event of something that was opened before */
  begin({ connection, kind, pair, time, frame }: InsightMessage, opener: boolean): Group {
    const group: Group = {
      connection,
      id: pair?.id ?? '',
      kind,
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
      .map((group) => ({
        ...group,
        filter: `conn:${group.connection} pair:${printOperand({ form: 'quoted', text: group.id })}`,
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
