import type { Pair } from '../../decode/parts';
import { kindFilter } from '../kinds/kind-filter';
import { KindPatterns, OTHERS } from '../kinds/kind-patterns';
import type { InsightMessage } from '../message';
import { type Group, Groups } from './groups';
import { type PairCount, PairCounts, presentCount } from './pair-counts';
import type { PairLinks } from './pair-links';
import type { PairReport, PairRow } from './pair-row';
import { TopicGroups } from './topic-groups';
import { type Unanswered, UnansweredByConnection } from './unanswered';

/** Requests that are waited for at once. */
export const MOST_OPEN = 50_000;
/** Answered requests that are remembered, because events may still belong to them. */
const MOST_ANSWERED = 2000;
/** Counts kept for single connections; connections without any left have others only. */
const MOST_COUNTS = 2000;

/** What is opened by a request of such a kind goes on after the reply. */
const OPENING = /^(pusher:)?(sub|subscribe|phx_join|join)\b(?! (query|mutation)\b)/;
/** So many events after a reply show that something was opened: one alone may belong to the reply. */
const EVENTS_OF_GROUP = 2;

/** What the link of a frame shows, which may ask and answer several times: the first that was found, unless a reply is missing. */
interface Shown {
  frame: number;
  /** Requests in it without a reply. */
  missing: number;
  /** The frame at the other end of the first exchange that has two; `null` as long as there is none. */
  other: number | null;
}

interface Exchange {
  shown: Shown;
  time: number;
  sent: boolean;
  /** Where it is counted: for all, and for its connection. Empty while it needs no reply and has none. */
  counts: PairCount[];
  /** Counted as unanswered. */
  missing: boolean;
  answered: boolean;
  message: InsightMessage;
  group: Group | null;
  /** What it opened by name. */
  named: Group[];
  /** Events that came after the reply, while there is no group. */
  events: number;
}

/**
 * Finds for every request its reply, and gathers what a request opened. Frames come in the order of the log, whether in
 * one go or in many. A second request with the id of an open one takes its place: ids are unique as long as an exchange
 * lasts. Memory is bounded; what was let go is counted.
 */
export class PairTable {
  readonly #patterns = new KindPatterns((from, to) => {
    for (const counts of [this.#all, ...this.#byConnection.values()]) counts.merge(from, to);
  });
  readonly #all = new PairCounts({ left: Number.POSITIVE_INFINITY });
  readonly #byConnection = new Map<number, PairCounts>();
  readonly #room = { left: MOST_COUNTS };
  readonly #open = new Map<string, Exchange>();
  readonly #answered = new Map<string, Exchange>();
  readonly #groups = new Groups();
  readonly #topics = new TopicGroups(this.#groups);
  /** Requests that are not waited for any more. */
  readonly #givenUp = new UnansweredByConnection();
  #forgotten = 0;
  /** Of the latest frame. */
  #shown: Shown = { frame: -1, missing: 0, other: null };

  /**
   * @param links told which frame answers which
   * @param onChange told of a frame that has another link now, after it had one before
   */
  constructor(
    readonly links: PairLinks,
    readonly onChange: (frame: number) => void = () => undefined,
  ) {}

  /** Takes one part of a message; those of one frame after each other. */
  add(message: InsightMessage): void {
    const { pair, topics, connection } = message;
    const named = topics === undefined ? [] : this.#topics.add(message, topics);
    // What is told by the other side, and not asked for, needs no reply.
    if (pair?.role !== 'request') for (const group of named) group.state = 'open';
    if (pair === undefined) return;
    if (this.#shown.frame !== message.frame) this.#shown = { frame: message.frame, missing: 0, other: null };
    const key = `${connection} ${pair.id}`;
    if (pair.role === 'request') this.#ask(key, message, pair, named);
    else if (pair.role === 'reply') this.#reply(key, message);
    else if (pair.role === 'event' && topics === undefined) this.#event(key, message);
    else if (pair.role === 'end') this.#end(key, message);
  }

  /** @param connection number of one; `null` for all */
  report(connection: number | null): PairReport {
    const counts = connection === null ? this.#all : this.#byConnection.get(connection);
    return {
      rows: (counts?.list() ?? [])
        .filter(({ requests }) => requests > 0)
        .map((count) => this.#row(count))
        .sort((one, other) => other.requests - one.requests || (one.kind < other.kind ? -1 : 1)),
      groups: this.#groups.list(connection),
      forgotten: this.#forgotten,
      groupsDropped: this.#groups.dropped,
    };
  }

  /**
   * Requests that have no reply, by connection.
   * @param isOverdue whether a request of a connection that was sent then (ms since the epoch), and is still waited for,
   * counts as well
   */
  unanswered(isOverdue: (connection: number, time: number) => boolean): Unanswered[] {
    const found = new UnansweredByConnection(this.#givenUp.list());
    for (const { missing, time, message } of this.#open.values()) {
      if (missing && isOverdue(message.connection, time)) found.add(message);
    }
    return found.list();
  }

  #row({ pattern, requests, errors, latency, unanswered }: PairCount): PairRow {
    const others = pattern === OTHERS;
    const kind = others ? '' : this.#patterns.nameOf(pattern);
    const [p50, p95, p99] = latency.at([0.5, 0.95, 0.99]);
    const max = latency.count === 0 ? null : latency.max;
    const filter = others || kind === '' ? null : kindFilter(kind);
    return { kind, others, requests, answered: latency.count, unanswered, errors, p50, p95, p99, max, filter };
  }

  #ask(key: string, message: InsightMessage, { opens = false, optional = false }: Pair, named: Group[]): void {
    const group =
      message.topics === undefined && (opens || OPENING.test(message.kind)) ? this.#groupFor(key, message) : null;
    this.#giveUp(key);
    this.#answered.delete(key);
    const { time, sent } = message;
    const exchange: Exchange = {
      shown: this.#shown,
      time,
      sent,
      counts: [],
      missing: false,
      answered: false,
      message,
      events: 0,
      named,
      group,
    };
    if (!opens && !optional) {
      this.#count(exchange);
      exchange.missing = true;
      for (const count of exchange.counts) count.unanswered++;
      this.#shown.missing++;
      this.#link(this.#shown);
    }
    this.#open.set(key, exchange);
    if (this.#open.size > MOST_OPEN) this.#forgetOldest();
  }

  /** Who asks again, because nothing came, asks for the same. */
  #groupFor(key: string, message: InsightMessage): Group {
    const asked = this.#open.get(key);
    const again = asked?.group?.state === 'asked' && asked.message.kind === message.kind;
    return again && asked.group !== null ? asked.group : this.#groups.begin(message, true);
  }

  #reply(key: string, message: InsightMessage): void {
    const exchange = this.#open.get(key);
    if (exchange === undefined) {
      this.#touch(this.#answered.get(key), message);
      return;
    }
    this.#answer(key, exchange, message);
    for (const group of exchange.group === null ? exchange.named : [exchange.group]) {
      if (group.state === 'asked' || message.failed) group.state = message.failed ? 'failed' : 'open';
      group.last = Math.max(group.last, message.time);
    }
  }

  #event(key: string, message: InsightMessage): void {
    const exchange = this.#open.get(key) ?? this.#answered.get(key);
    const group = exchange === undefined ? this.#orphan(key, message) : this.#groupOf(exchange);
    if (group === null) return;
    if (group.state === 'asked') group.state = 'open';
    group.events++;
    group.last = message.time;
  }

  #end(key: string, message: InsightMessage): void {
    const exchange = this.#open.get(key) ?? this.#answered.get(key);
    if (exchange === undefined) return;
    const { group } = exchange;
    this.#touch(exchange, message);
    if (group !== null) group.state = message.failed ? 'failed' : 'ended';
    if (exchange.answered || !exchange.missing) return;
    // The other side ended it without a word: that is its answer. Whoever asked and ends it waits no longer.
    if (message.sent !== exchange.sent) this.#answer(key, exchange, message);
    else {
      this.#settle(exchange);
      this.#link(exchange.shown);
      this.onChange(exchange.shown.frame);
    }
  }

  /** Events of what was opened before the log began. */
  #orphan(key: string, message: InsightMessage): Group {
    const group = this.#groups.begin(message, false);
    const { time, sent } = message;
    const settled = { counts: [], missing: false, answered: true, events: 0, named: [] };
    this.#remember(key, { ...settled, shown: this.#shown, time, sent, message, group });
    return group;
  }

  /** What comes before the reply is progress; what comes after it shows that something was opened. */
  #groupOf(exchange: Exchange): Group | null {
    if (exchange.group === null && exchange.answered && ++exchange.events >= EVENTS_OF_GROUP) {
      exchange.group = this.#groups.begin(exchange.message, true);
      exchange.group.state = 'open';
      exchange.group.events = exchange.events - 1;
    }
    return exchange.group;
  }

  #answer(key: string, exchange: Exchange, { time, failed }: InsightMessage): void {
    if (exchange.counts.length === 0) this.#count(exchange);
    this.#settle(exchange);
    for (const count of exchange.counts.map(presentCount)) {
      count.latency.add(Math.max(0, time - exchange.time));
      if (failed) count.errors++;
    }
    exchange.answered = true;
    if (exchange.group !== null) exchange.group.last = time;
    const { shown } = exchange;
    shown.other ??= this.#shown.frame;
    this.#shown.other ??= shown.frame;
    this.#link(shown);
    this.#link(this.#shown);
    this.onChange(shown.frame);
    this.#open.delete(key);
    this.#remember(key, exchange);
  }

  #touch(exchange: Exchange | undefined, { time }: InsightMessage): void {
    if (exchange?.group) exchange.group.last = time;
  }

  /** Nothing is missing any more. */
  #settle(exchange: Exchange): void {
    if (!exchange.missing) return;
    for (const count of exchange.counts.map(presentCount)) count.unanswered--;
    exchange.missing = false;
    exchange.shown.missing--;
  }

  #link({ frame, missing, other }: Shown): void {
    this.links.set(frame, missing > 0 ? 'unanswered' : other);
  }

  #count(exchange: Exchange): void {
    const { kind, connection } = exchange.message;
    const pattern = this.#patterns.numberOf(kind);
    let own = this.#byConnection.get(connection);
    if (own === undefined) {
      own = new PairCounts(this.#room);
      this.#byConnection.set(connection, own);
    }
    exchange.counts = [this.#all.of(pattern), own.of(pattern)];
    for (const count of exchange.counts) count.requests++;
  }

  #remember(key: string, exchange: Exchange): void {
    this.#answered.set(key, exchange);
    if (this.#answered.size <= MOST_ANSWERED) return;
    const [oldest] = this.#answered.keys();
    this.#answered.delete(oldest);
  }

  #forgetOldest(): void {
    const [oldest] = this.#open.keys();
    if (this.#giveUp(oldest)) this.#forgotten++;
  }

  /** @returns whether it was missing a reply */
  #giveUp(key: string): boolean {
    const exchange = this.#open.get(key);
    this.#open.delete(key);
    if (!exchange?.missing) return false;
    this.#givenUp.add(exchange.message);
    return true;
  }
}
