import { expect, it } from 'vitest';
import { ClosedError, type DocumentPort, Documents } from './documents';

/** A port at whose other end the document says what the test has it `say`. */
function fakePort() {
  const listeners: ((message: unknown) => void)[] = [];
  const ends: (() => void)[] = [];
  const asked: unknown[] = [];
  const port: DocumentPort = {
    postMessage: (message) => asked.push(message),
    disconnect: () => undefined,
    onMessage: { addListener: (listener) => listeners.push(listener) },
    onDisconnect: { addListener: (listener) => ends.push(listener) },
  };
  return {
    port,
    asked,
    say: (message: unknown) => {
      for (const listener of listeners) listener(message);
    },
    end: () => {
      for (const end of ends) end();
    },
  };
}

function setUp(graceMs = 0) {
  const happened: string[] = [];
  const documents = new Documents(
    {
      arrived: () => happened.push('arrived'),
      returned: () => happened.push('returned'),
      batch: () => undefined,
      gone: () => happened.push('gone'),
    },
    graceMs,
  );
  const connect = () => {
    const end = fakePort();
    documents.accept(end.port, 0);
    end.say({ type: 'document', key: 'one', url: 'https://example.com/', ancestors: [] });
    return end;
  };
  return { documents, happened, connect };
}

it('keeps a document that connects once more, and leaves nobody waiting for what its first port was asked', async () => {
  const { documents, happened, connect } = setUp();
  const first = connect();
  const asked = documents.get('one')!.ask({ type: 'settle' });
  connect();
  await expect(asked).rejects.not.toBeInstanceOf(ClosedError);
  first.end();
  expect(happened).toEqual(['arrived', 'returned']);
  expect(documents.size).toBe(1);
});

it('tells who waits for a document that is gone that its connections are closed', async () => {
  const { documents, happened, connect } = setUp();
  const only = connect();
  const asked = documents.get('one')!.ask({ type: 'settle' });
  only.end();
  await expect(asked).rejects.toBeInstanceOf(ClosedError);
  expect(happened).toEqual(['arrived', 'gone']);
});

it('asks a document whose port is broken when it has one again', async () => {
  const { documents, connect } = setUp(30_000);
  connect().end();
  const asked = documents.get('one')!.ask({ type: 'settle' });
  const again = connect();
  await Promise.resolve();
  expect(again.asked).toEqual([{ type: 'settle', id: 1 }]);
  again.say({ type: 'result', id: 1, error: null, connection: 7 });
  expect(await asked).toBe(7);
});

it('says so when a document does not come back', async () => {
  const { documents, connect } = setUp(1);
  connect().end();
  await expect(documents.get('one')!.ask({ type: 'settle' })).rejects.toThrow('The page is gone');
});
