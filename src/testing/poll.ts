/** Default time in milliseconds that a driver waits for a state. Long, since machines are busy: a test measures no time by it. */
export const patience = 25_000;

/** The same for a file that the panel saves: it makes all of it first, which may be some hundred megabytes. */
export const downloadPatience = 90_000;

/**
 * Asks again and again until there is an answer other than `undefined`, and gives it. Throws `what` after `timeout`
 * milliseconds. For states that a browser tells by no event. Asks a third of the time at most, since what answers has
 * other things to do: in Firefox, asking a panel all the time keeps what it is asked about from arriving.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  timeout = patience,
): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const began = performance.now();
    const answer = await ask();
    if (answer !== undefined) return answer;
    const now = performance.now();
    if (now > end) throw new Error(`Waited ${timeout} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, Math.max(10, 2 * (now - began))));
  }
}
