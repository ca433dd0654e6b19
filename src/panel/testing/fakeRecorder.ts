import type { RecorderCalls, RecorderEvents, RecorderState } from '../../core/messages/recorder';
import { serve, type Transport } from '../../core/messages/rpc';

/** A recorder that does as it is told and sends nowhere. */
export class FakeRecorder {
  readonly sent: RecorderCalls['send']['params'][] = [];
  /** What `send` is refused with, if it is. */
  refusal: string | null = null;
  state: RecorderState = {
    recording: true,
    keepLog: false,
    memoryOnly: false,
    privateWindow: false,
    documents: 1,
    access: true,
    needsReload: false,
    site: 'demo.test',
    switchHost: 'demo.test',
    siteOff: false,
    opensSource: true,
    paused: false,
    ring: { frames: 200, bytes: 1024 * 1024 },
    stacks: false,
    unseen: ['shared workers'],
  };
  private readonly emit: ReturnType<typeof serve<RecorderCalls, RecorderEvents>>;

  constructor(transport: Transport, cleared: () => void) {
    this.emit = serve<RecorderCalls, RecorderEvents>(transport, {
      state: () => this.state,
      set: (change) => this.change(change),
      setSiteDisabled: ({ disabled }) => this.change({ siteOff: disabled }),
      clear: () => {
        cleared();
        return null;
      },
      send: (params) => {
        if (this.refusal) throw new Error(this.refusal);
        this.sent.push(params);
        return { via: 'same', connection: params.connection };
      },
      closeConnection: () => null,
      lookUpHandshake: () => null,
      reload: () => {
        this.change({ needsReload: false });
        return null;
      },
      openSource: () => null,
    });
  }

  change(change: Partial<RecorderState>): RecorderState {
    this.state = { ...this.state, ...change };
    this.emit('state', this.state);
    return this.state;
  }
}
