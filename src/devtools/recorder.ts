import type { RecorderCalls, RecorderEvents, RecorderState } from '../core/messages/recorder';
import { type Client, type Handlers, serve, type Transport } from '../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../core/messages/store';
import { isOffOn, siteHost } from '../core/sites/siteHost';
import { Documents, type RemoteDocument } from './documents';
import type { Link } from './link';
import type { NetworkSource } from './network/network-source';
import { Replay } from './replay';
import type { Settings } from './settings';
import { UNSEEN_WHILE_BEHIND } from './unseen';

/** What the recorder needs to know or do beyond documents and store. */
export interface Inspected {
  /** Host of the page that the tab shows now; empty where it has none or it is not known. */
  site: string;
  reload(): void;
  /** Whether `openSource` does anything in this browser. */
  opensSource: boolean;
  /** Line and column count from 1. */
  openSource(url: string, line: number, column: number): void;
  privateWindow: boolean;
  /** Whether the browser lets the extension into every site. */
  hasAccess(): Promise<boolean>;
  /** Kinds of sockets that this browser gives no way to see, in words for the user. */
  unseen: string[];
  /** Patches the documents of the tab that were there before the extension was. */
  injectLate(): Promise<void>;
}

interface Parts {
  store: Client<StoreCalls, StoreEvents>;
  link: Link;
  network: Pick<
    NetworkSource,
    'start' | 'setRecording' | 'setDisabledSites' | 'navigated' | 'lookUp' | 'behind' | 'onChange' | 'pagesTold'
  >;
  inspected: Inspected;
  settings: Settings;
  save(settings: Settings): Promise<void>;
  /** Switches Framescope off where the settings say so. */
  applySites(settings: Settings): Promise<void>;
}

/** How long the documents of the tab may take to answer, in ms. */
const ANSWER_MS = 500;

/** Records the inspected tab: from its documents into the store, as the user switches it. */
export class Recorder {
  private readonly documents: Documents;
  private readonly replay: Replay;
  private settings: Settings;
  private recording = true;
  /** The same as the panel is told it. */
  private shownRecording = true;
  private site = '';
  /** The main document, or the last one that was: only where there is one is there something to clear. */
  private main: RemoteDocument | null = null;
  /** The main document was patched late: what it did until then is not known. */
  private late = false;
  /** Documents have had the time to answer. */
  private asked = false;
  private access = true;
  private changing: Promise<void> = Promise.resolve();
  private readonly notify: ((event: 'state', state: RecorderState) => void)[] = [];

  constructor(private readonly parts: Parts) {
    this.settings = parts.settings;
    this.documents = new Documents(
      {
        arrived: (document) => this.arrived(document),
        // It may hold what the command to start was to bring, which its first port took with it.
        returned: (document) => void this.tell(document),
        batch: (document, sequence, buffer) => void this.take(document, sequence, buffer),
        gone: (document) => this.gone(document),
      },
      parts.link.graceMs,
    );
    this.replay = new Replay(parts.store, this.documents);
  }

  /** Begins a session and connects to the documents of the tab. */
  async start(): Promise<void> {
    this.site = this.parts.inspected.site;
    await this.parts.store.call('begin', { site: this.site, time: Date.now(), persist: !this.memoryOnly });
    this.parts.network.onChange = () => this.changed();
    this.parts.network.pagesTold = () => this.pagesTold();
    this.changed();
    this.parts.network.start();
    this.parts.link.open((port, frameId) => this.documents.accept(port, frameId));
    setTimeout(() => void this.injectLate(), ANSWER_MS);
    await this.parts.applySites(this.settings);
  }

  /** No document answered: the tab was loaded before the extension was there. */
  private async injectLate(): Promise<void> {
    this.asked = true;
    this.changed();
    await this.lookForAccess();
    if (this.documents.size > 0 || this.main || this.settings.paused || this.siteOff) return;
    await this.parts.inspected.injectLate();
  }

  /** Serves one panel. A panel that goes away needs no farewell. */
  serve(transport: Transport): void {
    const send = serve<RecorderCalls, RecorderEvents>(transport, this.handlers);
    this.notify.push((event, state) => send(event, state));
  }

  /** Takes what another DevTools changed. */
  apply(settings: Settings): void {
    const before = this.settings;
    this.settings = settings;
    if (settings.memoryOnly !== before.memoryOnly)
      void this.parts.store.call('setPersist', { persist: !this.memoryOnly });
    const sites = `${settings.disabledSites}` !== `${before.disabledSites}`;
    if (sites || settings.paused !== before.paused || settings.stacks !== before.stacks) this.restart(false);
    for (const document of this.documents) document.tell({ type: 'ring', policy: settings.ring });
    this.changed();
  }

  private get siteOff(): boolean {
    return isOffOn(this.site, this.settings.disabledSites);
  }

  private get memoryOnly(): boolean {
    return this.settings.memoryOnly || this.parts.inspected.privateWindow;
  }

  private get state(): RecorderState {
    const { inspected, network } = this.parts;
    const { keepLog, paused, ring, stacks } = this.settings;
    const told = [...this.documents].filter((document) => document.told || document.off).length;
    const unpatched =
      this.late || this.main?.off === true || (this.asked && this.documents.size === 0 && this.site !== '');
    return {
      keepLog,
      paused,
      ring,
      stacks,
      recording: this.shownRecording,
      memoryOnly: this.memoryOnly,
      privateWindow: inspected.privateWindow,
      documents: told > 0 || this.asked ? told : null,
      access: this.access,
      needsReload: unpatched && !paused && !this.siteOff,
      site: this.site,
      switchHost: siteHost(this.site),
      siteOff: this.siteOff,
      opensSource: inspected.opensSource,
      unseen: network.behind ? [...inspected.unseen, UNSEEN_WHILE_BEHIND] : inspected.unseen,
    };
  }

  private readonly handlers: Handlers<RecorderCalls> = {
    state: () => this.state,
    set: async ({ recording, ...settings }) => {
      if (recording !== undefined) await this.record(recording);
      await this.change(() => settings);
      return this.state;
    },
    setSiteDisabled: async ({ host, disabled }) => {
      await this.change(({ disabledSites }) => {
        const others = disabledSites.filter((other) => siteHost(other) !== host);
        return { disabledSites: disabled && host ? [...others, host] : others };
      });
      return this.state;
    },
    clear: () => this.clear(),
    send: ({ connection, message, fallback }) => this.replay.send(connection, message, fallback),
    closeConnection: async ({ connection, code, reason }) => {
      await this.replay.close(connection, code, reason);
      return null;
    },
    lookUpHandshake: async ({ connection }) => {
      await this.parts.network.lookUp(connection);
      return null;
    },
    reload: () => {
      this.parts.inspected.reload();
      return null;
    },
    openSource: ({ url, line, column }) => {
      this.parts.inspected.openSource(url, line, column);
      return null;
    },
  };

  /** The panel is told when the documents were: what they do from then on is recorded, or not, as it shows. */
  private async record(recording: boolean): Promise<void> {
    if (recording !== this.recording) {
      this.recording = recording;
      this.restart(false);
    }
    // One that is without a port, or far behind, may take its time.
    await Promise.race([this.pagesTold(), new Promise((resolve) => setTimeout(resolve, ANSWER_MS))]);
    // Else it was changed again meanwhile.
    if (recording === this.recording) this.shownRecording = recording;
    this.changed();
  }

  /** One after another: each starts from what the one before it made of the settings. */
  private change(changes: (settings: Settings) => Partial<Settings>): Promise<void> {
    const change = this.changing.then(() => this.changeNow(changes(this.settings)));
    // One that fails is told to who asked for it, and does not keep the next one from being made.
    this.changing = change.catch(() => undefined);
    return change;
  }

  private async changeNow(changes: Partial<Settings>): Promise<void> {
    const settings = { ...this.settings, ...changes };
    const isOffChanged = 'paused' in changes || 'disabledSites' in changes;
    // At once, for the page that may be loaded in the next moment; but no page is patched again before the browser knows.
    if (!isOffChanged) this.apply(settings);
    await this.parts.save(settings);
    if (isOffChanged) {
      await this.parts.applySites(settings);
      this.apply(settings);
    }
  }

  /** Resolves when all that the pages have done by now was stored; a page that goes away meanwhile has told it too. */
  private async pagesTold(): Promise<void> {
    await Promise.allSettled([...this.documents].map((document) => document.ask({ type: 'settle' })));
  }

  private async clear(): Promise<null> {
    await this.parts.store.call('clear', { time: Date.now(), site: this.site });
    return null;
  }

  private arrived(document: RemoteDocument): void {
    const { key, url, ancestors, frameId, left, shownAt } = document;
    // It belongs to a page that another has replaced meanwhile, which was faster to get here. Where that other is gone too, the clock
    // was set back.
    const late = (left || (frameId === 0 && this.hasMain)) && shownAt < (this.main?.shownAt ?? 0);
    const { keepLog } = this.settings;
    document.ignored = (late && !keepLog) || (left && !this.wants(document));
    if (document.ignored) {
      // It may come back from the back/forward cache, and is known anew then.
      this.documents.remove(document);
      return;
    }
    if (frameId === 0 && !late && key !== this.main?.key) this.navigated(document);
    if (!document.off) {
      const kind = frameId === 0 ? 'document' : 'frame';
      void this.parts.store.call('document', { key, document: { url, kind, frameId, ancestors } });
      void this.tell(document);
    }
    this.changed();
  }

  private async tell(document: RemoteDocument): Promise<void> {
    this.prepare(document, true);
    try {
      // It answers after it has done what it was told before.
      await document.ask({ type: 'settle' });
    } catch {
      // It went away, or connects anew and is told again.
      return;
    }
    document.told = true;
    this.changed();
  }

  /** A new main document: what the one before it left is cleared, unless the log is to be kept. */
  private navigated(document: RemoteDocument): void {
    this.site = hostOf(document.url);
    // A frame of the new page may have been faster to get here than the page.
    const before = [...this.documents].filter((other) => other.shownAt < document.shownAt);
    const first = this.main === null;
    this.main = document;
    this.late = document.late;
    if (first) return;
    this.parts.network.navigated(!this.settings.keepLog);
    if (this.settings.keepLog) {
      for (const other of before) this.documents.replace(other);
    } else {
      for (const other of before) this.documents.remove(other);
      void this.clear();
    }
  }

  private get hasMain(): boolean {
    const { main } = this;
    return main !== null && !main.leaving && main.port !== null && this.documents.get(main.key) === main;
  }

  private prepare(document: RemoteDocument, ring: boolean): void {
    if (document.off) return;
    document.tell({ type: 'ring', policy: this.settings.ring });
    if (this.wants(document)) document.tell({ type: 'start', ring, stacks: this.settings.stacks });
    else document.tell({ type: 'stop' });
  }

  /** A frame without a host of its own (`about:blank`) is of the site of the one around it. */
  private wants({ url, ancestors }: RemoteDocument): boolean {
    const site = [url, ...ancestors].map(hostOf).find((host) => host !== '') ?? '';
    return this.recording && !this.settings.paused && !isOffOn(site, this.settings.disabledSites);
  }

  private restart(ring: boolean): void {
    for (const document of this.documents) this.prepare(document, ring);
    this.changed();
  }

  private async take(document: RemoteDocument, sequence: number, buffer: ArrayBuffer): Promise<void> {
    // What a page says after its successor cleared the log belongs to what was cleared.
    const cleared = document.ignored || (this.documents.get(document.key) !== document && !this.settings.keepLog);
    // A batch that comes again was taken before its port broke.
    if (sequence > document.lastBatch && !cleared) {
      document.lastBatch = sequence;
      await this.parts.store.call('batch', { key: document.key, buffer }, [buffer]);
    }
    document.tell({ type: 'ack', sequence });
  }

  /** Where nothing speaks, the browser may not let us in. */
  private async lookForAccess(): Promise<void> {
    if (this.documents.size > 0) return;
    this.access = await this.parts.inspected.hasAccess();
    this.changed();
  }

  private gone(document: RemoteDocument): void {
    void this.lookForAccess();
    if (document.ignored || document.off) return;
    void this.parts.store.call('documentGone', { key: document.key, time: Date.now() });
    this.changed();
  }

  private changed(): void {
    this.parts.network.setRecording(this.recording && !this.settings.paused);
    this.parts.network.setDisabledSites(this.settings.disabledSites);
    for (const notify of this.notify) notify('state', this.state);
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
