import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let open: FakePanel[] = [];
const start = (frames: number): FakePanel => {
  const made = fakePanel(frames);
  open.push(made);
  return made;
};

afterEach(() => {
  for (const panel of open) panel.close();
  open = [];
});

describe('the counts', () => {
  it('are the latest, also when other answers come late', async () => {
    const fake = start(10);
    let release = (): void => undefined;
    fake.store.held = new Promise((resolve) => {
      release = resolve;
    });
    await vi.waitFor(() => expect(fake.panel.log.counts.value.frames).toBe(10));
    fake.store.grow(5);
    await vi.waitFor(() => expect(fake.panel.log.counts.value.frames).toBe(15));
    release();
    await vi.waitFor(() => expect(fake.panel.log.documents.value).toHaveLength(1));
    expect(fake.panel.log.counts.value.frames).toBe(15);
  });
});

describe('the list of frames', () => {
  it('shows the tail of a live log', async () => {
    const fake = start(1000);
    await look(fake, 970, 1000);
    expect(fake.panel.frames.rowAt(999)?.frame).toBe(999);
    fake.store.grow(500);
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(1500));
    await look(fake, 1470, 1500);
    expect(fake.panel.frames.rowAt(1499)?.frame).toBe(1499);
  });

  it('counts what comes while it stands still', async () => {
    const fake = start(1000);
    await look(fake, 970, 1000);
    fake.panel.frames.follow(false);
    fake.store.grow(20);
    await vi.waitFor(() => expect(fake.panel.frames.unseen.value).toBe(20));
    fake.panel.frames.follow(true);
    expect(fake.panel.frames.unseen.value).toBe(0);
  });

  it('shows what passes the filter only, and all again', async () => {
    const fake = start(300);
    await look(fake, 270, 300);
    fake.panel.filter.toggleKind('binary');
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(27));
    await look(fake, 0, 27);
    expect(fake.panel.frames.rowsHere().every(({ kind }) => kind === 'binary')).toBe(true);
    fake.panel.filter.clear();
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(300));
  });

  it('keeps what was drawn until other rows are there', async () => {
    const fake = start(300);
    await look(fake, 270, 300);
    fake.store.delay = 20;
    fake.panel.filter.text.value = 'nothing of that kind';
    expect(fake.panel.frames.rowAt(299)?.frame).toBe(299);
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(0));
    expect(fake.panel.frames.rowAt(299)).toBeUndefined();
  });

  it('holds still what is looked at when rows are put before it', async () => {
    const fake = start(300);
    fake.panel.sort.value = { column: 'time', descending: true };
    await look(fake, 0, 30);
    const moves: number[] = [];
    const { frame } = fake.panel.frames.rowAt(10)!;
    fake.panel.frames.setViewport({
      size: () => 30,
      anchor: () => ({ frame, row: 10 + moves.reduce((sum, by) => sum + by, 0), below: 0 }),
      moveBy: (rows) => moves.push(rows),
      moveTo: () => undefined,
    });
    fake.panel.frames.follow(false);
    fake.store.grow(7);
    await vi.waitFor(() => expect(moves).toEqual([7]));
    expect(fake.panel.frames.rowAt(17)?.frame).toBe(frame);
  });

  it('is empty after a clear, whatever was on its way', async () => {
    const fake = start(300);
    await look(fake, 0, 30);
    fake.panel.selection.set({ frame: 3, row: 3 });
    fake.panel.clear();
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(0));
    expect(fake.panel.frames.rowAt(3)).toBeUndefined();
    expect(fake.panel.selection.size.value).toBe(0);
  });
});

describe('a log that is emptied while it is filtered', () => {
  it('shows what comes afterwards', async () => {
    const fake = start(300);
    await look(fake, 270, 300);
    fake.store.delay = 10;
    fake.panel.filter.toggleKind('binary');
    fake.panel.clear();
    await vi.waitFor(() => expect(fake.panel.log.counts.value.frames).toBe(0));
    fake.store.grow(33);
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(3));
    await look(fake, 0, 3);
    expect(fake.panel.notices.list.value).toEqual([]);
  });
});

describe('the selection', () => {
  it('goes to a row that is not here, and extends to another', async () => {
    const fake = start(5000);
    await look(fake, 4970, 5000);
    await fake.panel.selection.moveTo(100, false);
    expect(fake.panel.selection.focus.value).toEqual({ frame: 100, row: 100 });
    await fake.panel.selection.moveTo(90, true);
    expect(await fake.panel.selection.numbers()).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
  });

  it('holds all frames, also those that come', async () => {
    const fake = start(100);
    await look(fake, 70, 100);
    fake.panel.selection.all();
    expect(fake.panel.selection.size.value).toBe(100);
    fake.store.grow(5);
    await vi.waitFor(() => expect(fake.panel.selection.size.value).toBe(105));
    expect((await fake.panel.selection.numbers()).length).toBe(105);
  });

  it('keeps the frame that is read when the filter changes', async () => {
    const fake = start(300);
    await look(fake, 270, 300);
    await fake.panel.selection.moveTo(10, false);
    fake.panel.filter.toggleKind('binary');
    await vi.waitFor(() => expect(fake.panel.selection.focus.value).toEqual({ frame: 10, row: 0 }));
    fake.panel.filter.toggleKind('binary');
    fake.panel.filter.toggleKind('text');
    await vi.waitFor(() => expect(fake.panel.selection.focus.value).toEqual({ frame: 10, row: -1 }));
  });
});

describe('replay', () => {
  it('sends the selected messages in their order and says where', async () => {
    const fake = start(100);
    await look(fake, 70, 100);
    fake.panel.selection.set({ frame: 12, row: 12 });
    fake.panel.selection.toggle({ frame: 4, row: 4 });
    await fake.panel.replay.selected();
    expect(
      fake.recorder.sent.map(({ message }) => (message.kind === 'text' ? JSON.parse(message.text).seq : null)),
    ).toEqual([4, 12]);
    expect(fake.panel.replay.report.value).toEqual({
      ok: true,
      message: '2 frames sent, the last: Sent on #1 /ticker?rate=100',
    });
  });

  it('says why it failed', async () => {
    const fake = start(100);
    await look(fake, 70, 100);
    fake.recorder.refusal = 'The connection is still connecting';
    fake.panel.selection.set({ frame: 12, row: 12 });
    await fake.panel.replay.selected();
    expect(fake.panel.replay.report.value).toEqual({ ok: false, message: 'The connection is still connecting' });
  });

  it('says so beside what it was about only', async () => {
    const fake = start(100);
    await look(fake, 70, 100);
    const { replay, selection } = fake.panel;
    selection.set({ frame: 12, row: 12 });
    await replay.selected();
    expect(replay.report.value?.ok).toBe(true);
    selection.set({ frame: 13, row: 13 });
    expect(replay.report.value).toBeNull();
  });

  it('does not send events', async () => {
    const fake = start(100);
    await look(fake, 70, 100);
    fake.panel.selection.set({ frame: 0, row: 0 });
    await fake.panel.replay.selected();
    expect(fake.recorder.sent).toEqual([]);
    expect(fake.panel.replay.report.value?.ok).toBe(false);
  });
});

describe('the composer', () => {
  it('keeps the text whatever happens to it', async () => {
    const fake = start(10);
    await vi.waitFor(() => expect(fake.panel.log.connections.value.length).toBe(3));
    const { composer } = fake.panel;
    composer.setKind('hex');
    composer.text.value = '0g';
    await composer.send();
    expect(composer.report.value).toEqual({ ok: false, message: 'Not hex: “g” at character 2' });
    expect(composer.text.value).toBe('0g');
    composer.text.value = '0a ff';
    await composer.send();
    expect(fake.recorder.sent).toEqual([
      { connection: 2, message: { kind: 'binary', base64: 'Cv8=' }, fallback: false },
    ]);
    expect(composer.text.value).toBe('0a ff');
  });

  it('takes a binary frame as hex', async () => {
    const fake = start(100);
    await look(fake, 70, 100);
    fake.panel.selection.set({ frame: 10, row: 10 });
    fake.panel.editAndSend();
    await vi.waitFor(() => expect(fake.panel.composer.kind.value).toBe('hex'));
    expect(fake.panel.composer.text.value).toMatch(/^82 a4 74 79/);
    expect(fake.panel.composer.target.value?.id).toBe(2);
  });

  it('shows the same bytes in another notation', () => {
    const { composer } = start(0).panel;
    composer.text.value = 'é';
    composer.setKind('hex');
    expect(composer.text.value).toBe('c3 a9');
    composer.setKind('base64');
    expect(composer.text.value).toBe('w6k=');
    composer.setKind('text');
    expect(composer.text.value).toBe('é');
  });
});

describe('a renewed connection', () => {
  it('asks everything again', async () => {
    const fake = start(1000);
    await look(fake, 970, 1000);
    const other = fakePanel(0);
    open.push(other);
    const channel = new MessageChannel();
    const recorder = new MessageChannel();
    const { FakeStore } = await import('../testing/fakeStore');
    const { FakeRecorder } = await import('../testing/fakeRecorder');
    const { portTransport } = await import('../portTransport');
    const store = new FakeStore(portTransport(channel.port2), 40);
    new FakeRecorder(portTransport(recorder.port2), () => store.clear());
    fake.panel.link.connect(portTransport(channel.port1), portTransport(recorder.port1));
    await vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(40));
    expect(fake.panel.log.counts.value.frames).toBe(40);
    for (const port of [channel.port1, channel.port2, recorder.port1, recorder.port2]) port.close();
  });
});
