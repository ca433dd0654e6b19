/** A page is hostile to nobody here, but titles come from the query. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${head}</head>
<body>
${body}
</body>
</html>
`;
}

/** `/blank?title=…`: nothing at all; tests open their sockets in it. */
export function blankPage(title: string): string {
  return page(title, '', `<h1>${escapeHtml(title)}</h1>`);
}

/**
 * Opens a socket in the first script of the page and sends as soon as that can be. What a test wants to know is on
 * `window.first`: `{socket, sent, received}`.
 */
const FIRST_SCRIPT = `
  const first = { socket: new WebSocket('ws://' + location.host + '/echo?from=first'), sent: [], received: [] };
  window.first = first;
  first.socket.onopen = () => {
    first.sent.push('from the first script');
    first.socket.send('from the first script');
  };
  first.socket.onmessage = (event) => first.received.push(event.data);
`;

/** `/first`: its first inline script, in the head, opens a socket to `/echo?from=first` and sends. */
export function firstPage(): string {
  return page('First', `<script>${FIRST_SCRIPT}</script>\n`, '<h1>First</h1>');
}

/** `/csp`: the same under a policy that runs only the script with its nonce and connects only to this host. */
export function cspPage(): { body: string; headers: Record<string, string> } {
  const policy = "default-src 'none'; script-src 'nonce-demo'; connect-src 'self' ws:; img-src data:";
  return {
    body: page('Policy', `<script nonce="demo">${FIRST_SCRIPT}</script>\n`, '<h1>Policy</h1>'),
    headers: { 'Content-Security-Policy': policy },
  };
}

/** `/iframes?n=20&to=/first&cross=0|1`: `n` frames of `to`, every second one from the other origin where `cross` is 1. */
export function iframesPage(query: URLSearchParams): string {
  const count = Math.min(Math.max(Math.trunc(Number(query.get('n') ?? 3)) || 0, 0), 1000);
  const to = query.get('to') ?? '/first';
  const frames = Array.from({ length: count }, (_, index) => {
    const cross = query.get('cross') === '1' && index % 2 === 1;
    return `<iframe title="Frame ${index + 1}" name="frame-${index + 1}" data-cross="${cross}" data-to="${escapeHtml(to)}"></iframe>`;
  });
  const script = `<script>
    for (const frame of document.querySelectorAll('iframe')) {
      const other = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
      const host = frame.dataset.cross === 'true' ? other + ':' + location.port : location.host;
      frame.src = 'http://' + host + frame.dataset.to;
    }
  </script>`;
  return page('Frames', '', `<h1>Frames</h1>\n${frames.join('\n')}\n${script}`);
}
