import { type KernelMessage, ServerConnection } from '@jupyterlab/services';
import { KernelConnection } from '@jupyterlab/services/lib/kernel/default.js';
import { deserialize, serialize } from '@jupyterlab/services/lib/kernel/serialize.js';
import { WebSocket } from 'ws';
import { type Recording, type RecordServer, recordServer } from '../record-server';

const V1 = 'v1.kernel.websocket.jupyter.org';

/** The default protocol: JSON, and binary for messages with buffers. */
export function recordJupyter(): Promise<Recording> {
  return record('', 'default protocol');
}

/** v1.kernel.websocket.jupyter.org: all binary. */
export function recordJupyterV1(): Promise<Recording> {
  return record(V1, 'v1 protocol');
}

class Plain extends WebSocket {
  constructor(url: string) {
    super(url);
  }
}

/** The real client with a kernel that is written by the same package's codec: a code run, a comm with buffers. */
async function record(protocol: string, name: string): Promise<Recording> {
  const server: RecordServer = await recordServer((socket) => serveKernel(socket, protocol), {
    handleProtocols: () => protocol || false,
  });
  const kernel = new KernelConnection({
    model: { id: 'k1', name: 'python3' },
    username: 'tester',
    clientId: 'client-1',
    serverSettings: ServerConnection.makeSettings({
      baseUrl: server.url.replace('ws:', 'http:'),
      wsUrl: server.url,
      token: '',
      // The default protocol is that of servers that know no subprotocol: then none is asked for.
      WebSocket: (protocol === '' ? Plain : WebSocket) as never,
    }),
  } as never);
  await kernel.info;
  await kernel.requestExecute({ code: 'print(1)' }).done;
  const comm = kernel.createComm('widget', 'comm-1');
  await comm.open({ n: 1 } as never, {}, [Uint8Array.of(1, 2, 3).buffer]).done;
  kernel.dispose();
  await server.close();
  return {
    decoder: 'jupyter',
    between: `@jupyterlab/services with a kernel of its codec (${name})`,
    ...server.connections[0]!,
  };
}

function serveKernel(socket: WebSocket, protocol: string): void {
  let count = 0;
  const send = (type: string, channel: string, parent: KernelMessage.IMessage, content: object): void => {
    const header = { ...parent.header, msg_id: `kernel-${++count}`, msg_type: type };
    const message = { header, parent_header: parent.header, metadata: {}, content, channel, buffers: [] };
    socket.send(serialize(message as never, protocol) as never);
  };
  socket.on('message', (data: Buffer, binary) => {
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer;
    const message = deserialize((binary ? bytes : data.toString()) as ArrayBuffer, protocol);
    const type = message.header.msg_type;
    send('status', 'iopub', message, { execution_state: 'busy' });
    if (type === 'kernel_info_request')
      send('kernel_info_reply', 'shell', message, { status: 'ok', language_info: { name: 'python' } });
    if (type === 'execute_request') {
      send('stream', 'iopub', message, { name: 'stdout', text: '1\n' });
      send('execute_reply', 'shell', message, { status: 'ok', execution_count: 1, user_expressions: {} });
    }
    send('status', 'iopub', message, { execution_state: 'idle' });
  });
}
