import type { Any, Scenario } from '../scenario';

/** The ways in which pages and their tools watch sockets without a library. */
export const ownWrappers: Scenario = {
  scripts: ['exercise.js'],
  errors: ['subclass', 'proxy', 'function', 'methods', 'events', 'put back'].map((name) => `of the page, ${name}`),
  run: async (wsUrl) => {
    const told: string[] = [];
    const exercise = (label: string) => (globalThis as Any).exercise(label, `${wsUrl}/echo`, told);
    const native = WebSocket;
    const { prototype } = native;
    const { send } = prototype;

    const Subclass = class extends native {
      constructor(url: string, protocols?: string) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => told.push(`subclass hears ${data}`));
      }
      override send(data: string) {
        told.push(`subclass sends ${data}`);
        super.send(data);
      }
    };
    globalThis.WebSocket = Subclass as Any;
    await exercise('subclass');

    globalThis.WebSocket = new Proxy(native, {
      construct(target, args, newTarget) {
        told.push(`proxy constructs ${args.length}`);
        const socket = Reflect.construct(target, args, newTarget);
        socket.send = (data: string) => {
          told.push(`its own send ${data}`);
          prototype.send.call(socket, data);
        };
        return socket;
      },
    });
    await exercise('proxy');

    function Wrapped(url: string, protocols?: string[]) {
      return protocols === undefined ? new native(url) : new native(url, protocols);
    }
    globalThis.WebSocket = Object.assign(Wrapped, { OPEN: 1, prototype }) as Any;
    await exercise('function');

    globalThis.WebSocket = native;
    prototype.send = function (data) {
      told.push(`prototype sends ${data} ${this.constructor.name}`);
      send.call(this, data);
    };
    await exercise('methods');
    prototype.send = send;

    const { addEventListener } = EventTarget.prototype;
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!;
    Object.defineProperty(MessageEvent.prototype, 'data', {
      ...data,
      get() {
        const value = data.get!.call(this);
        return typeof value === 'string' ? `${value}, changed` : value;
      },
    });
    EventTarget.prototype.addEventListener = function (type: string, ...rest: [Any, Any?]) {
      if (this instanceof native) told.push(`listens to ${type}`);
      addEventListener.call(this, type, ...rest);
    };
    await exercise('events');
    EventTarget.prototype.addEventListener = addEventListener;
    Object.defineProperty(MessageEvent.prototype, 'data', data);

    await exercise('put back');
    told.push(`${prototype.send === send} ${WebSocket === native} ${prototype.constructor === native}`);
    return told;
  },
};
