const BEATS = 5;

self.addEventListener('install', () => self.skipWaiting());

/** A service worker is stopped when idle, so it says its few words within the life of the event. */
function talk(client) {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${location.host}/echo?from=service-worker`);
    let beat = 0;
    socket.onopen = () => socket.send(JSON.stringify({ from: 'service worker', beat }));
    socket.onmessage = ({ data }) => {
      client?.postMessage(`service: ${data}`);
      beat += 1;
      if (beat < BEATS) setTimeout(() => socket.send(JSON.stringify({ from: 'service worker', beat })), 500);
      else socket.close(1000, 'said enough');
    };
    socket.onclose = resolve;
  });
}

self.addEventListener('message', (event) => event.waitUntil(talk(event.source)));
