import { describe, expect, it } from 'vitest';
import { contentProblem } from './content-problem';

const trace = (url: string) => ({ callFrames: [{ url }] });

describe('contentProblem', () => {
  it('takes an exception whose topmost script is the extension’s', () => {
    const exceptionDetails = {
      text: 'Uncaught',
      stackTrace: trace('chrome-extension://abc/page.js'),
      exception: { description: 'Error: boom' },
    };
    expect(contentProblem('Runtime.exceptionThrown', { exceptionDetails })).toEqual({
      where: 'content',
      kind: 'exception',
      text: 'Error: boom',
    });
  });

  it('leaves an exception of the page alone', () => {
    const exceptionDetails = { text: 'Uncaught', stackTrace: trace('http://127.0.0.1/page.js') };
    expect(contentProblem('Runtime.exceptionThrown', { exceptionDetails })).toBeUndefined();
  });

  it('takes errors that the extension writes to the console, and nothing milder', () => {
    const call = {
      args: [{ value: 'no' }, { description: 'Error: why' }],
      stackTrace: trace('chrome-extension://abc/c.js'),
    };
    expect(contentProblem('Runtime.consoleAPICalled', { ...call, type: 'error' })?.text).toBe('no Error: why');
    expect(contentProblem('Runtime.consoleAPICalled', { ...call, type: 'warning' })).toBeUndefined();
  });
});
