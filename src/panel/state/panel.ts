import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { ViewSpec } from '../../core/messages/store';
import { shortUrl } from '../text/shortUrl';
import { createColumns, FRAME_COLUMNS, type Sort } from './columns';
import { createCompare } from './compare';
import { createComposer } from './composer';
import { CONNECTION_COLUMNS } from './connectionColumns';
import { createCopy } from './copy';
import { createDetail } from './detail';
import { createExporting } from './exporting';
import { createFilter } from './filter';
import { createFilterTools } from './filterTools';
import { createFind } from './find';
import { createFrames } from './frames';
import { createHealth } from './health';
import { createInsight } from './insight';
import { GROUP_COLUMNS, KIND_COLUMNS, PAIR_COLUMNS } from './insightColumns';
import { createInsightFilter } from './insightFilter';
import { createJobs } from './jobs';
import { createLayout } from './layout';
import { createLink, LinkError } from './link';
import { createLog } from './log';
import { createMarks } from './marks';
import { createMenu } from './menu';
import { createNotices } from './notices';
import { createPayloads } from './payloads';
import { type PreferenceStorage, preference } from './preference';
import { createRecording } from './recording';
import { createReference } from './reference';
import { createReplay } from './replay';
import { createSavedFilters } from './savedFilters';
import { createSeen } from './seen';
import { createSelection } from './selection';
import { createSessions } from './sessions';
import { parseSort } from './sort';
import { createStorage } from './storage';
import { createSuggestions } from './suggestions';

/** What the panel takes from its surroundings. */
export interface PanelEnvironment {
  storage: PreferenceStorage;
  /** ms since the epoch. */
  now(): number;
  /** Whether there is no room for panes side by side. */
  narrow: ReadonlySignal<boolean>;
}

export type Panel = ReturnType<typeof createPanel>;

const nothing = (): void => undefined;

/** All that the panel knows and can do. The views only show it. */
export function createPanel(environment: PanelEnvironment) {
  const { storage } = environment;
  const link = createLink();
  const notices = createNotices(link);
  const failed = (error: unknown): void => {
    // A renewed connection asks everything again by itself.
    if (!(error instanceof LinkError)) notices.error(error);
  };
  const log = createLog(link, failed);
  const recording = createRecording(link, failed);
  const filter = createFilter();
  const layout = createLayout(storage);
  const menu = createMenu();
  const payloads = createPayloads(link);
  const sort: Signal<Sort> = preference(storage, 'sort', { column: 'time', descending: false }, parseSort);
  const connection = signal<number | null>(null);
  const spec = computed<ViewSpec>(() => ({
    log: log.id.value,
    query: filter.combined.value.query,
    connections: connection.value === null ? null : [connection.value],
    sort: sort.value,
  }));
  const frames = createFrames({ link, spec, emptied: log.emptied, failed });
  const selection = createSelection(frames, log.emptied, failed);
  const insight = createInsight({ storage, link, log, frames, connection, failed });
  const composer = createComposer(link, log);
  const replay = createReplay({ link, log, selection, payloads, composer });
  const reference = createReference();
  const several = computed(() => log.byId.value.size > 1);
  // Two facts: columns are laid out anew when they change, not with every change of a connection.
  const namesConnections = computed(() => connection.value === null && several.value && !environment.narrow.value);
  const frameColumns = createColumns(storage, 'frameColumns', FRAME_COLUMNS, () => [
    ...(namesConnections.value ? [] : (['connection'] as const)),
    ...(reference.time.value === null ? (['since'] as const) : []),
    ...(insight.pairsSeen.value ? [] : (['latency'] as const)),
  ]);
  const detail = createDetail({ link, log, frames, selection, payloads });
  // What was chosen in a log means nothing in the one that took its place.
  effect(() => {
    void log.emptied.value;
    untracked(() => {
      reference.set(null);
      if (!log.byId.peek().has(connection.peek() ?? -1)) connection.value = null;
    });
  });
  const sessions = createSessions({
    link,
    log,
    notices,
    storage,
    opened: () => {
      connection.value = null;
    },
  });
  const filterTools = createFilterTools();
  const seen = createSeen(log, frames);
  const jobs = createJobs(link, notices);
  /** Whether the list shows less than the whole log. */
  const filtered = computed(() => filter.active.value || connection.value !== null);
  return {
    environment,
    link,
    notices,
    failed,
    log,
    recording,
    filter,
    layout,
    insight,
    health: createHealth({ link, log, insight, failed }),
    insightFilter: createInsightFilter(filter, filterTools, failed),
    kindColumns: createColumns(storage, 'kindColumns', KIND_COLUMNS),
    pairColumns: createColumns(storage, 'pairColumns', PAIR_COLUMNS),
    groupColumns: createColumns(storage, 'groupColumns', GROUP_COLUMNS),
    menu,
    payloads,
    sort,
    /** The connection that is selected: only its frames are listed. */
    connection,
    frames,
    selection,
    composer,
    replay,
    compare: createCompare({ link, log, frames, selection, detail, payloads, failed }),
    frameColumns,
    filterTools,
    savedFilters: createSavedFilters(
      storage,
      computed(() => recording.state.value?.site ?? ''),
    ),
    reference,
    suggestions: createSuggestions(filter, filterTools, seen),
    find: createFind({ link, spec, frames, selection, filterTools, failed }),
    connectionColumns: createColumns(storage, 'connectionColumns', CONNECTION_COLUMNS),
    storage: createStorage(link, failed),
    jobs,
    exporting: createExporting({ link, log, frames, selection, jobs, filtered, failed }),
    filtered,
    sessions,
    copy: createCopy({ log, selection, payloads, notices }),
    marks: createMarks({ link, log, frames, selection, detail, notices }),
    detail,
    /** Set by the views that have the focus to give. */
    focusFilter: { current: nothing },
    focusFrames: { current: nothing },
    /** Scrolls a row into view. */
    revealRow: { current: nothing as (row: number) => void },
    /** Selects a frame, where the filter shows it. */
    async goToFrame(frame: number) {
      try {
        const { row, exact } = await frames.placeOf(frame);
        if (!exact) {
          notices.info(`The filter hides frame ${frame + 1}`);
          return;
        }
        frames.follow(false);
        selection.set({ frame, row });
        this.revealRow.current(row);
      } catch (error) {
        failed(error);
      }
    },
    hasFrames: computed(() => log.counts.value.frames > 0),
    /** Whether the last row is in view. */
    atEnd: signal(true),
    connectionName: (id: number): string => {
      const found = log.byId.peek().get(id);
      return `#${id}${found ? ` ${shortUrl(found.url)}` : ''}`;
    },
    openDetail() {
      layout.detailOpen.value = true;
    },
    selectConnection(id: number | null) {
      connection.value = id;
      if (id !== null && log.live.peek()) composer.chosen.value = id;
    },
    /** Narrows the list by a term, or by its opposite. */
    async narrow(term: string, hide: boolean) {
      try {
        const { addTerm, excludeTerm } = await filterTools.load();
        filter.text.value = addTerm(filter.text.peek(), hide ? excludeTerm(term) : term);
      } catch (error) {
        failed(error);
      }
    },
    editAndSend() {
      layout.showComposer.value = true;
      void replay.edit();
    },
    async importFile(file: File) {
      const session = await jobs.import(file);
      if (session) await sessions.view(session.id);
    },
    clear() {
      if (log.live.peek()) void recording.clear();
    },
  };
}
