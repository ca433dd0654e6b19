/** Hands over the port on which the store speaks to this Worker, once. */
export function onPort(serve: (port: MessagePort) => void): void {
  const scope = globalThis as unknown as Pick<Worker, 'addEventListener'>;
  scope.addEventListener('message', ({ ports: [port] }) => {
    if (port) serve(port);
  });
}
