import { readFileSync } from 'node:fs';
import type { Bidi } from './bidi';
import { BidiContext } from './bidi-context';

/** Calls a function of `chrome-script.js` in Firefox's browser window. */
export type CallChrome = <R>(name: string, arg?: unknown) => Promise<R>;

/** Loads `chrome-script.js` into the first browser window, which therefore has to stay open, and gives the way to call it. */
export async function installChromeScript(bidi: Bidi): Promise<CallChrome> {
  const { contexts } = await bidi.send<{ contexts: Array<{ context: string }> }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
    maxDepth: 0,
  });
  const browserWindow = contexts[0];
  if (browserWindow === undefined) throw new Error('Firefox has no window');
  const context = new BidiContext(bidi, browserWindow.context);
  await context.evaluate(readFileSync(new URL('./chrome-script.js', import.meta.url), 'utf8'));
  return (name, arg) => context.evaluate(`framescopeDriver[${JSON.stringify(name)}](${JSON.stringify(arg ?? null)})`);
}
