/** Below this a timer's own imprecision is most of the wait, so more than one call is made at a time. */
const SHORTEST_TICK_MS = 4;

/**
 * Calls `send` with the number of messages due since the last call, so that `perSecond` are due each second on average
 * whatever the timer does. Ends with `signal`.
 */
export function pace(perSecond: number, send: (due: number) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(
    () => {
      const due = Math.floor(((performance.now() - start) * perSecond) / 1000) - sent;
      if (due < 1) return;
      sent += due;
      send(due);
    },
    Math.min(Math.max(SHORTEST_TICK_MS, 1000 / perSecond), 1000),
  );
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
