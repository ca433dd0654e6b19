/** Opens a socket in a worker that says something every two seconds; `tell` gets each answer. */
export function beatFrom(name, tell) {
  const socket = new WebSocket(`ws://${location.host}/echo?from=${encodeURIComponent(name)}`);
  let beat = 0;
  const send = () => {
    beat += 1;
    socket.send(JSON.stringify({ from: name, beat }));
  };
  socket.onopen = () => {
    send();
    setInterval(send, 2000);
  };
  socket.onmessage = ({ data }) => tell(`${name}: ${data}`);
}
