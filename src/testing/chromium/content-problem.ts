import type { Problem } from '../driver';
import type { Params } from '../remote-commands';

/**
 * The problem that a protocol event of an inspected page tells of, if the extension's own script is at the top of its
 * stack; errors of the page itself are not ours.
 */
export function contentProblem(event: string, params: Params): Problem | undefined {
  if (event === 'Runtime.exceptionThrown') {
    const details = (params as unknown as Exception).exceptionDetails;
    const url = details.stackTrace?.callFrames[0]?.url ?? details.url;
    if (!fromExtension(url)) return undefined;
    return { where: 'content', kind: 'exception', text: details.exception?.description ?? details.text };
  }
  const call = params as unknown as ConsoleCall;
  if (call.type !== 'error' || !fromExtension(call.stackTrace?.callFrames[0]?.url)) return undefined;
  return {
    where: 'content',
    kind: 'console',
    text: call.args.map((arg) => String(arg.value ?? arg.description)).join(' '),
  };
}

function fromExtension(url: string | undefined): boolean {
  return url?.startsWith('chrome-extension://') ?? false;
}

interface Trace {
  callFrames: Array<{ url: string }>;
}

interface Exception {
  exceptionDetails: { text: string; url?: string; stackTrace?: Trace; exception?: { description?: string } };
}

interface ConsoleCall {
  type: string;
  args: Array<{ value?: unknown; description?: string }>;
  stackTrace?: Trace;
}
