import { describe, expect, it } from 'vitest';
import { createBatchBuilder } from '../core/batch/builder';
import { KIND } from '../core/model/frame';
import { Bridge, type Port } from './bridge';

const DOCUMENT: Parameters<Bridge['connect']>[1] = {
  type: 'document',
  key: 'one',
  url: 'https://example.com/',
  ancestors: [],
  shownAt: 1,
  left: false,
  off: false,
  late: false,
};

const { addText, take } = createBatchBuilder({
  encodeInto: (text, into) => new TextEncoder().encodeInto(text, into).written,
  subarray: (bytes, from, to) => bytes.subarray(from, to),
  copy: (into, from, at) => into.set(from, at),
  stringify: JSON.stringify,
});

function batch(sequence: number): ArrayBuffer {
  addText(1, 1, KIND.text, 0, 'hello');
  return take(sequence);
}

/** @param happened takes what is done to it */
function fakePort(name: string, happened: string[]) {
  const listeners: ((message: unknown) => void)[] = [];
  const port: Port = {
    postMessage: (message) => void happened.push(`${name}: ${(message as { type: string }).type}`),
    disconnect: () => void happened.push(`${name} ends`),
    onMessage: { addListener: (listener) => listeners.push(listener) },
    onDisconnect: { addListener: () => undefined },
  };
  return Object.assign(port, {
    say: (message: unknown) => {
      for (const listener of listeners) listener(message);
    },
  });
}

function setUp() {
  const commands: string[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const bridge = new Bridge(
    { post: (json) => void commands.push(json), listen: (listener) => listeners.push(listener) },
    () => undefined,
    () => undefined,
  );
  return {
    bridge,
    commands,
    fromPage: (message: unknown) => {
      for (const listener of listeners) listener(message);
    },
  };
}

describe('Bridge', () => {
  it('lets the page script go back to its ring when the extension is gone, and keeps nothing', () => {
    const { bridge, commands, fromPage } = setUp();
    const port = fakePort('port', []);
    bridge.connect(port, DOCUMENT);
    port.postMessage = () => {
      throw new Error('Extension context invalidated.');
    };
    expect(() => fromPage(batch(1))).not.toThrow();
    expect(commands).toEqual(['{"type":"stop"}']);
    expect(bridge.connected).toBe(false);
    const kept: unknown[] = [];
    bridge.leave((batches) => kept.push(...batches));
    expect(kept).toEqual([]);
  });

  it('ends the port before only when the recorder was told of the new one', () => {
    const { bridge } = setUp();
    const happened: string[] = [];
    bridge.connect(fakePort('first', happened), DOCUMENT);
    bridge.connect(fakePort('second', happened), DOCUMENT);
    expect(happened).toEqual(['first: document', 'second: document', 'first ends']);
  });

  it('lets large payloads wait in the page when asked whether all is told', () => {
    const { bridge, commands } = setUp();
    const happened: string[] = [];
    const port = fakePort('port', happened);
    bridge.connect(port, DOCUMENT);
    port.say({ type: 'settle', id: 1 });
    expect(commands).toEqual(['{"type":"flush","parts":false}']);
    expect(happened).toEqual(['port: document', 'port: result']);
  });

  it('waits for a recorder after a return, since whoever records has forgotten the connections', () => {
    const { bridge, commands } = setUp();
    bridge.connect(fakePort('port', []), DOCUMENT);
    bridge.leave(() => undefined);
    commands.length = 0;
    bridge.back();
    expect(commands).toEqual(['{"type":"stop","wait":true}']);
  });
});
