/** A sandboxed page in a frame of the devtools page, used like a Worker: it is given one message, with a port. */
export function sandboxFrame(): Pick<Worker, 'postMessage' | 'terminate' | 'onerror'> {
  const frame = document.createElement('iframe');
  // A browser that does not know sandboxed pages must not run it as a page of the extension.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.src = '/sandbox/sandbox.html';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.documentElement.append(frame);
  return {
    onerror: null,
    // Its origin is opaque: there is no other way to address it. What goes there is a port, once.
    postMessage: (message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) =>
      void loaded.then(() => frame.contentWindow?.postMessage(message, '*', Array.isArray(transfer) ? transfer : [])),
    terminate: () => frame.remove(),
  };
}
