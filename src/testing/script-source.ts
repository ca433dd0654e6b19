/**
 * The source of a call of `run` with `arg` as JSON, or `run` itself if it is text. Some compilers wrap nested functions
 * in a helper `__name`, which is not there where the source is evaluated: a stand-in comes along.
 */
export function callSource(run: string | ((...args: never[]) => unknown), arg?: unknown): string {
  if (typeof run === 'string') return run;
  const json = arg === undefined ? 'undefined' : JSON.stringify(arg);
  return `(() => { const __name = f => f; return (${run.toString()})(${json}) })()`;
}
