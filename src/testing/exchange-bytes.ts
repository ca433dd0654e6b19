/** Runs in the page: opens a socket, sends these bytes on it, waits for as many answers, and keeps it. */
export async function exchangeBytes({ url, payloads }: { url: string; payloads: number[][] }): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((open) => socket.addEventListener('open', open));
  let answers = 0;
  const answered = new Promise<void>((resolve) => {
    socket.addEventListener('message', () => {
      if (++answers >= payloads.length) resolve();
    });
  });
  for (const payload of payloads) socket.send(Uint8Array.from(payload));
  await answered;
  const page = globalThis as { sockets?: WebSocket[] };
  page.sockets = [...(page.sockets ?? []), socket];
}
