import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { TrafficLog } from './log';
import { loggedServerClass } from './logged-socket';

/** Milliseconds between the clock events that every Socket.IO client of the demo gets. */
const CLOCK_MS = 1000;

/** A Socket.IO server at `/socket.io/`: a clock, a poll with acknowledgements, binary attachments, a namespace. */
export function attachSocketIo(http: HttpServer, log: TrafficLog): Server {
  const io = new Server(http, {
    serveClient: false,
    destroyUpgrade: false,
    cors: { origin: true },
    wsEngine: loggedServerClass(log),
  });
  const votes: Record<string, number> = { tea: 0, coffee: 0 };

  io.on('connection', (socket) => {
    socket.emit('hello', { id: socket.id, transport: socket.conn.transport.name });
    const clock = setInterval(() => socket.emit('clock', { now: new Date().toISOString() }), CLOCK_MS);
    socket.on('disconnect', () => clearInterval(clock));
    socket.on('vote', (choice: unknown, acknowledge: unknown) => {
      if (typeof choice === 'string' && Object.hasOwn(votes, choice)) votes[choice] = (votes[choice] ?? 0) + 1;
      if (typeof acknowledge === 'function') acknowledge({ ok: true, votes });
      // One by one: a broadcast of Socket.IO writes ready-made frames past the socket's `send`, and past the log.
      for (const other of io.sockets.sockets.values()) other.emit('votes', votes);
    });
    socket.on('upload', (bytes: unknown, acknowledge: unknown) => {
      const received = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
      socket.emit('thumbnail', { size: received.length, bytes: received.subarray(0, 64) });
      if (typeof acknowledge === 'function') acknowledge({ ok: true, size: received.length });
    });
  });
  io.of('/admin').on('connection', (socket) => socket.emit('status', { uptime: process.uptime() }));
  return io;
}
