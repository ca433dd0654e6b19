/** What a browser gives no way to see, in words for the user; docs/coverage.md says why. */
export const UNSEEN = {
  chromium: ['sockets of shared workers'],
  firefox: ['frames of sockets in workers', 'sockets of shared and service workers'],
};

/** Added while worker sockets are open and the network log has become too long to be read. */
export const UNSEEN_WHILE_BEHIND =
  'new frames of worker sockets, until they close: the network log of DevTools has become too long to be read; a reload empties it';
