import type { Any, Scenario } from '../scenario';

export const yWebSocket: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/bundles/y-websocket.js';
    const { Y, WebsocketProvider } = await import(module);
    // The server keeps the documents of rooms.
    const room = Math.random().toString(36);
    const open = async (name: string) => {
      const doc = new Y.Doc();
      const provider = new WebsocketProvider(`${wsUrl}/yjs`, room, doc, { disableBc: true });
      provider.on('status', ({ status }: Any) => told.push(`${name} ${status}`));
      await new Promise((done) => provider.once('sync', done));
      return { doc, provider, note: doc.getText('note') };
    };
    const mine = await open('mine');
    mine.note.insert(0, 'hello');
    const other = await open('other');
    told.push(other.note.toString());
    const came = new Promise((done) => mine.doc.once('update', done));
    // The server sends it back as well, and a socket that closes hears nothing more.
    const echoed = new Promise((done) => other.provider.ws.addEventListener('message', done));
    other.note.insert(5, ' world');
    await Promise.all([came, echoed]);
    told.push(mine.note.toString());
    for (const { provider } of [other, mine]) {
      const { ws } = provider;
      const closed = new Promise<CloseEvent>((done) => ws.addEventListener('close', done));
      provider.destroy();
      told.push(`closed ${(await closed).wasClean}`);
    }
    return told;
  },
};
