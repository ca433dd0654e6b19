import { describe, expect, it } from 'vitest';
import { RECORDER_PORT } from '../core/messages/background';
import { LeftPort } from '../core/messages/left';
import { type PairedPort, Pairing } from './pairing';

class FakePort implements PairedPort {
  sent: unknown[] = [];
  disconnected = false;
  private readonly messages: ((message: unknown) => void)[] = [];
  private readonly ends: (() => void)[] = [];
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => void this.messages.push(listener) };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.ends.push(listener) };
  constructor(readonly name = 'framescope:document') {}
  postMessage(message: unknown) {
    this.sent.push(message);
  }
  disconnect() {
    this.disconnected = true;
  }
  receive(message: unknown) {
    for (const listener of this.messages) listener(message);
  }
  end() {
    for (const listener of this.ends) listener();
  }
}

describe('Pairing', () => {
  it('passes messages between a document and the recorder of its tab, and no other', () => {
    const pairing = new Pairing(0);
    const recorders = [new FakePort(), new FakePort()];
    pairing.addRecorder(1, recorders[0]);
    pairing.addRecorder(2, recorders[1]);
    const document = new FakePort();
    pairing.addDocument(2, 7, document);
    document.receive('hello');
    recorders[1].receive({ document: 1, event: 'message', message: 'start' });
    recorders[0].receive({ document: 1, event: 'message', message: 'not yours' });
    document.end();
    expect(recorders[0].sent).toEqual([]);
    expect(recorders[1].sent).toEqual([
      { document: 1, event: 'connected', frameId: 7 },
      { document: 1, event: 'message', message: 'hello' },
      { document: 1, event: 'disconnected' },
    ]);
    expect(document.sent).toEqual(['start']);
  });

  it('ends the ports of documents when their recorder goes, and of those that nobody records', () => {
    const pairing = new Pairing(0);
    const recorder = new FakePort();
    pairing.addRecorder(1, recorder);
    const [document, stranger] = [new FakePort(), new FakePort()];
    pairing.addDocument(1, 0, document);
    pairing.addDocument(2, 0, stranger);
    expect([document.disconnected, stranger.disconnected]).toEqual([false, true]);
    recorder.end();
    expect(document.disconnected).toBe(true);
  });

  it('lets documents ask again just after a start, when recorders come back', () => {
    const pairing = new Pairing(1000);
    expect(pairing.answer(1, 0, false, 1001)).toBe('later');
    pairing.addRecorder(1, new FakePort());
    expect(pairing.answer(1, 0, false, 1002)).toBe('connect');
    expect(pairing.answer(2, 0, false, 9000)).toBe(null);
  });

  it('lets documents that were recorded ask for longer, unless DevTools was closed', () => {
    const pairing = new Pairing(1000);
    expect(pairing.answer(1, 0, true, 9000)).toBe('later');
    expect(pairing.answer(1, 0, true, 60_000)).toBe(null);
    const recorder = new FakePort();
    pairing.addRecorder(1, recorder);
    recorder.end();
    expect(pairing.answer(1, 0, true, 9001)).toBe(null);
  });

  it('lets what frames say wait for the page around them, which was told to connect before', () => {
    const pairing = new Pairing(0);
    const recorder = new FakePort();
    pairing.addRecorder(1, recorder);
    expect(pairing.answer(1, 0, false, 1)).toBe('connect');
    const frame = new FakePort();
    pairing.addDocument(1, 3, frame);
    frame.receive('of the frame');
    const page = new FakePort();
    pairing.addDocument(1, 0, page);
    const events = () => recorder.sent.map((one) => Object.values(one as object).join(' '));
    expect(events()).toEqual(['2 connected 0']);
    page.receive('of the page');
    frame.receive('more');
    expect(events()).toEqual([
      '2 connected 0',
      '2 message of the page',
      '1 connected 3',
      '1 message of the frame',
      '1 message more',
    ]);
    expect(pairing.answer(1, 0, false, 2)).toBe('connect');
    const gone = new FakePort();
    pairing.addDocument(1, 4, gone);
    const lost = new FakePort();
    pairing.addDocument(1, 0, lost);
    lost.end();
    expect(events().slice(5)).toEqual(['4 connected 0', '4 disconnected', '3 connected 4']);
  });

  it('goes on when it is taken down and can tell nobody', () => {
    const pairing = new Pairing(0);
    const recorder = new FakePort();
    pairing.addRecorder(1, recorder);
    const document = new FakePort();
    pairing.addDocument(1, 0, document);
    recorder.postMessage = document.postMessage = () => {
      throw new DOMException('An exception was thrown', 'InvalidStateError');
    };
    expect(() => document.receive('hello')).not.toThrow();
    expect(() => recorder.receive({ document: 1, event: 'message', message: 'start' })).not.toThrow();
  });

  it('tells the recorder of the tab what a document left, also when it comes back just after a start', () => {
    const pairing = new Pairing(1000);
    pairing.addLeft(1, 3, new LeftPort(['early']), 1001);
    pairing.addLeft(2, 0, new LeftPort(['of another tab']), 1001);
    const recorder = new FakePort();
    pairing.addRecorder(1, recorder);
    pairing.addLeft(1, 4, new LeftPort(['late']), 9000);
    expect(recorder.sent).toEqual([
      { document: 1, event: 'connected', frameId: 3 },
      { document: 1, event: 'message', message: 'early' },
      { document: 1, event: 'disconnected' },
      { document: 2, event: 'connected', frameId: 4 },
      { document: 2, event: 'message', message: 'late' },
      { document: 2, event: 'disconnected' },
    ]);
  });

  it('knows the port of a recorder by its name', () => {
    expect(Pairing.tabOf(new FakePort(`${RECORDER_PORT}12`))).toBe(12);
    expect(Pairing.tabOf(new FakePort())).toBe(null);
  });
});
