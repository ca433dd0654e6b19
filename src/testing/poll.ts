/** Default time in milliseconds that a driver waits for a state. */
export const patience = 10_000;

/**
 * Asks again and again until there is an answer other than `undefined`, and gives it. Throws `what` after `timeout`
 * milliseconds. For states that a browser tells by no event.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  timeout = patience,
): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited ${timeout} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
