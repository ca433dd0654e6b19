const ports = new Set();
const socket = new WebSocket(`ws://${location.host}/echo?from=shared-worker`);
let beat = 0;
const send = () => {
  beat += 1;
  socket.send(JSON.stringify({ from: 'shared worker', beat }));
};
socket.onopen = () => {
  send();
  setInterval(send, 2000);
};
socket.onmessage = ({ data }) => {
  for (const port of ports) port.postMessage(`shared: ${data}`);
};
self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.start();
};
