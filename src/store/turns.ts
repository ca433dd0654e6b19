/** A slice of work on the store's thread, in ms: calls and batches wait no longer than this. */
export const SLICE_MS = 8;

const waiting: (() => void)[] = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => waiting.shift()?.();
// In Node an idle port would keep the process alive.
(channel.port1 as { unref?: () => void }).unref?.();

/** Lets messages that came meanwhile be handled. Unlike a timer it is never held up. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** Resolves after `ms` milliseconds. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Calls `action` at once, and when called again meanwhile, once more when the time is over.
 * @param ms tells the time until the next call may be, in ms, after each one
 */
export function throttle(ms: () => number, action: () => void): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let again = false;
  const run = () => {
    again = false;
    action();
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, ms());
  };
  const throttled = () => {
    if (timer === null) run();
    else again = true;
  };
  throttled.cancel = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    again = false;
  };
  return throttled;
}
