/**
 * Functions that tests run in the page. Each stands alone, since only its own text reaches the page. Sockets that are
 * kept are found again in `globalThis.sockets`.
 */

/** Opens a socket, sends the texts on it (or bytes, as numbers), waits for as many answers, and keeps it. */
export async function converse({ url, texts }: { url: string; texts: (string | number[])[] }): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((open) => socket.addEventListener('open', open));
  let answers = 0;
  const answered = new Promise<void>((resolve) => {
    socket.addEventListener('message', () => {
      if (++answers >= texts.length) resolve();
    });
  });
  for (const text of texts) socket.send(typeof text === 'string' ? text : Uint8Array.from(text));
  if (texts.length > 0) await answered;
  const page = globalThis as { sockets?: WebSocket[] };
  page.sockets = [...(page.sockets ?? []), socket];
}

/** Opens a socket, waits until so many messages came, and keeps it. */
export async function receive({ url, messages }: { url: string; messages: number }): Promise<void> {
  const socket = new WebSocket(url);
  let received = 0;
  await new Promise<void>((done) => {
    socket.addEventListener('message', () => {
      if (++received === messages) done();
    });
  });
  const page = globalThis as { sockets?: WebSocket[] };
  page.sockets = [...(page.sockets ?? []), socket];
}

/** Closes the kept sockets and waits for their ends. */
export async function closeAll(): Promise<void> {
  const page = globalThis as { sockets?: WebSocket[] };
  const ends = (page.sockets ?? []).map((socket) => {
    const end = new Promise((closed) => socket.addEventListener('close', closed));
    socket.close();
    return end;
  });
  page.sockets = [];
  await Promise.all(ends);
}
