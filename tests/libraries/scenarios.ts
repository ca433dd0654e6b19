/**
 * What a page does with a library, told as it happens. Each function stands alone, since only its own text reaches the
 * page; what differs from run to run (ids, times) is not told.
 */
export interface Scenario {
  /** Scripts of the page, in their order. */
  scripts: string[];
  run: (wsUrl: string) => Promise<string[]>;
  /** Texts that must be recorded, each in exactly so many messages. */
  recorded: Record<string, number>;
  /** Texts that never touch the network. */
  mocked?: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: libraries are globals of a page without types
type Any = any;

export const scenarios: Record<string, Scenario> = {
  'socket.io-client': {
    scripts: ['socket.io.js'],
    recorded: { '["add",2,3]': 1, '[5]': 1 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const io = (globalThis as Any).io;
      const socket = io(wsUrl.replace('ws:', 'http:'), { transports: ['websocket'] });
      await new Promise((done) => socket.on('connect', done));
      told.push(`connected ${socket.io.engine.transport.name}`);
      told.push(`sum ${await new Promise((done) => socket.emit('add', 2, 3, done))}`);
      const bytes = new Promise<string>((done) =>
        socket.on('bytes', (length: number, data: ArrayBuffer) => done(`${length} ${new Uint8Array(data).join()}`)),
      );
      socket.emit('bytes', Uint8Array.of(1, 2, 255));
      told.push(await bytes);
      const gone = new Promise((done) => socket.on('disconnect', done));
      socket.emit('leave');
      told.push(`disconnected: ${await gone}`);
      return told;
    },
  },

  'graphql-ws': {
    scripts: [],
    recorded: { 'subscription { count(to: 3) }': 1, '{"count":3}': 1 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const module = '/graphql-ws/client.js';
      const { createClient } = await import(module);
      const client = createClient({ url: `${wsUrl}/graphql`, lazy: false, generateID: () => `${told.length}` });
      for (const name of ['connected', 'opened']) client.on(name, () => told.push(name));
      for (const query of ['{ hello }', 'subscription { count(to: 3) }', '{ missing }']) {
        await new Promise<void>((done) => {
          client.subscribe(
            { query },
            {
              next: (value: unknown) => told.push(JSON.stringify(value)),
              error: (error: unknown) => {
                told.push(`error ${JSON.stringify(error)}`);
                done();
              },
              complete: done,
            },
          );
        });
      }
      const closed = new Promise<CloseEvent>((done) => client.on('closed', done));
      await client.dispose();
      const { code, reason, wasClean } = await closed;
      told.push(`closed ${code} ${reason} ${wasClean}`);
      return told;
    },
  },

  '@microsoft/signalr': {
    scripts: ['signalr.js'],
    recorded: { '"target":"Add"': 1, '"result":7': 1 },
    run: async (wsUrl) => {
      const { HubConnectionBuilder, HttpTransportType, LogLevel } = (globalThis as Any).signalR;
      const hub = new HubConnectionBuilder()
        .withUrl(`${wsUrl.replace('ws:', 'http:')}/hub`, {
          skipNegotiation: true,
          transport: HttpTransportType.WebSockets,
        })
        .configureLogging(LogLevel.None)
        .build();
      const told: string[] = [];
      const closed = new Promise((done) => hub.onclose(done));
      await hub.start();
      told.push(hub.state, `sum ${await hub.invoke('Add', 3, 4)}`);
      told.push(await hub.invoke('Fail').catch((error: Error) => `${error.name} ${error.message}`));
      await hub.stop();
      told.push(`closed ${await closed}`, hub.state);
      return told;
    },
  },

  '@stomp/stompjs': {
    scripts: ['stomp.js'],
    recorded: { 'hello stomp': 2 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const client = new (globalThis as Any).StompJs.Client({ brokerURL: `${wsUrl}/stomp`, reconnectDelay: 0 });
      const connected = new Promise((done) => {
        client.onConnect = done;
      });
      const closed = new Promise<CloseEvent>((done) => {
        client.onWebSocketClose = done;
      });
      client.activate();
      await connected;
      told.push(`connected ${client.connectedVersion} ${client.webSocket.protocol}`);
      const message = new Promise<Any>((done) => client.subscribe('/queue', done));
      client.publish({ destination: '/queue', body: 'hello stomp' });
      told.push((await message).body);
      await client.deactivate();
      told.push(`closed ${(await closed).wasClean} ${client.active}`);
      return told;
    },
  },

  'sockjs-client': {
    scripts: ['sockjs.js'],
    recorded: { 'hello sockjs': 2 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const socket = new (globalThis as Any).SockJS(`${wsUrl.replace('ws:', 'http:')}/sockjs`, null, {
        transports: ['websocket'],
      });
      await new Promise((done) => {
        socket.onopen = done;
      });
      told.push(`open ${socket.transport} ${socket.readyState}`);
      const answer = new Promise<string>((done) => {
        socket.onmessage = ({ data }: MessageEvent) => done(data);
      });
      socket.send('hello sockjs');
      told.push(await answer);
      const closed = new Promise<CloseEvent>((done) => {
        socket.onclose = done;
      });
      socket.close(3001, 'enough');
      const { code, reason } = await closed;
      told.push(`closed ${code} ${reason}`);
      return told;
    },
  },

  'reconnecting-websocket': {
    scripts: ['reconnecting-websocket.js'],
    recorded: { 'hello again': 2, 'after the reconnect': 2 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const socket = new (globalThis as Any).ReconnectingWebSocket(`${wsUrl}/echo`, [], {
        minReconnectionDelay: 1,
        maxReconnectionDelay: 1,
      });
      const next = (type: string) => new Promise<Any>((done) => socket.addEventListener(type, done, { once: true }));
      for (const text of ['hello again', 'after the reconnect']) {
        await next('open');
        const message = next('message');
        socket.send(text);
        told.push((await message).data, String(socket.retryCount));
        if (text === 'hello again') socket.reconnect(3456, 'once more');
      }
      const closed = next('close');
      socket.close(1000);
      told.push(`closed ${(await closed).code}`);
      return told;
    },
  },

  'zone.js': {
    scripts: ['zone.js'],
    recorded: { 'in a zone': 2 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const { Zone } = globalThis as Any;
      const zone = Zone.current.fork({ name: 'mine' });
      const socket: WebSocket = zone.run(() => new WebSocket(`${wsUrl}/echo`));
      const here = (what: string) => told.push(`${what} in ${Zone.current.name}`);
      const opened = new Promise((done) => {
        zone.run(() => {
          socket.onopen = () => {
            here('open');
            done(null);
          };
        });
      });
      await opened;
      const answered = new Promise<void>((done) => {
        zone.run(() =>
          socket.addEventListener(
            'message',
            ({ data }) => {
              here(`message ${data}`);
              done();
            },
            { once: true },
          ),
        );
      });
      socket.send('in a zone');
      await answered;
      told.push(`${socket instanceof WebSocket} ${Object.prototype.toString.call(socket)} ${WebSocket.name}`);
      const closed = new Promise<void>((done) => {
        zone.run(() => {
          socket.onclose = ({ code }) => {
            here(`close ${code}`);
            done();
          };
        });
      });
      socket.close(1000);
      await closed;
      return told;
    },
  },

  'mock-socket': {
    scripts: ['mock-socket.js'],
    recorded: { 'really sent': 2 },
    mocked: ['only mocked', 'a mocked answer'],
    run: async (wsUrl) => {
      const told: string[] = [];
      const native = WebSocket;
      const { Server } = (globalThis as Any).Mock;
      const server = new Server('ws://mocked.test/');
      server.on('connection', (socket: Any) => socket.on('message', () => socket.send('a mocked answer')));
      const say = async (url: string, text: string) => {
        const socket = new WebSocket(url);
        await new Promise((open) => socket.addEventListener('open', open));
        const answer = new Promise<string>((done) => socket.addEventListener('message', ({ data }) => done(data)));
        socket.send(text);
        told.push(await answer);
        const closed = new Promise((done) => socket.addEventListener('close', done));
        socket.close();
        await closed;
      };
      told.push(`replaced ${WebSocket !== native}`);
      await say('ws://mocked.test/', 'only mocked');
      server.stop();
      told.push(`restored ${WebSocket === native}`);
      await say(`${wsUrl}/echo`, 'really sent');
      return told;
    },
  },

  'a subclass, and a wrapper of send': {
    scripts: [],
    recorded: { 'sent by way of both': 2 },
    run: async (wsUrl) => {
      const told: string[] = [];
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) {
        told.push(`send ${data} ${this.constructor.name}`);
        send.call(this, data);
      };
      class Logged extends WebSocket {
        override close(code?: number): void {
          told.push(`close ${code}`);
          super.close(code);
        }
      }
      globalThis.WebSocket = Logged;
      const socket = new WebSocket(`${wsUrl}/echo`);
      await new Promise((open) => socket.addEventListener('open', open));
      const answer = new Promise<string>((done) => socket.addEventListener('message', ({ data }) => done(data)));
      socket.send('sent by way of both');
      told.push(await answer, `${socket instanceof Logged} ${Object.keys(socket).length}`);
      const closed = new Promise<CloseEvent>((done) => socket.addEventListener('close', done));
      socket.close(1000);
      told.push(`closed ${(await closed).code}`);
      return told;
    },
  },
};
