/**
 * Makes a function that has `step` run, never twice at once. Called while one is under way, another one follows it.
 * @param step resolves to whether there is more to do at once
 */
export function createLoop(step: () => Promise<boolean>, failed: (error: unknown) => void): () => void {
  let busy = false;
  let again = false;
  return async function run(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      try {
        if (await step()) again = true;
      } catch (error) {
        failed(error);
      }
    } while (again);
    busy = false;
  };
}
