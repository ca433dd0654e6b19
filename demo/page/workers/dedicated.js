const socket = new WebSocket(`ws://${location.host}/echo?from=dedicated-worker`);
let beat = 0;
const send = () => {
  beat += 1;
  socket.send(JSON.stringify({ from: 'dedicated worker', beat }));
};
socket.onopen = () => {
  send();
  setInterval(send, 2000);
};
socket.onmessage = ({ data }) => postMessage(`dedicated: ${data}`);
