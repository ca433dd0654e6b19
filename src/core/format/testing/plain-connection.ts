import type { Connection } from '../../model/connection';

/** A connection such as the page script reports it. */
export const plainConnection: Connection = {
  id: 1,
  document: 0,
  url: 'wss://a.test/feed',
  protocols: [],
  protocol: '',
  extensions: '',
  state: 'open',
  source: 'page',
  readOnly: false,
  byUser: false,
  createdAt: 1_795_000_000_000,
  openedAt: 1_795_000_000_010,
  firstFrameAt: null,
  closedAt: null,
  close: null,
  failure: null,
  sentFrames: 0,
  receivedFrames: 0,
  sentBytes: 0,
  receivedBytes: 0,
  initiator: null,
  handshake: null,
};
