import type { Any, Scenario } from '../scenario';

/** Wraps listeners, timers, `fetch`, requests, history and the console, and records the page. */
export const sentry: Scenario = {
  scripts: ['exercise.js'],
  errors: ['of the page, under Sentry', 'by a timer'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const { exercise } = globalThis as Any;
    const kept = new WebSocket(`${wsUrl}/echo`);
    await new Promise((open) => kept.addEventListener('open', open));
    const listen = EventTarget.prototype.addEventListener;
    const module = '/bundles/sentry.js';
    const Sentry = await import(module);
    const reports: string[] = [];
    Sentry.init({
      dsn: `${location.origin.replace('://', '://key@')}/1`,
      integrations: [Sentry.browserTracingIntegration(), Sentry.replayIntegration()],
      tracesSampleRate: 1,
      replaysSessionSampleRate: 1,
      beforeSend(event: Any) {
        for (const { type, value, stacktrace } of event.exception?.values ?? []) {
          const calls = stacktrace?.frames.map((frame: Any) => `${frame.function} ${frame.filename}:${frame.lineno}`);
          reports.push(`reported ${type} ${value}: ${calls?.join(', ')}`);
        }
        reports.push(`crumbs ${event.breadcrumbs?.map((crumb: Any) => crumb.category).join()}`);
        return event;
      },
    });
    told.push(`in place ${EventTarget.prototype.addEventListener !== listen}`);
    const answer = new Promise<MessageEvent>((done) => kept.addEventListener('message', done));
    kept.send('on a socket from before Sentry');
    told.push((await answer).data);
    await fetch('/exercise.js');
    history.pushState(null, '', '/page?pushed');
    await exercise('under Sentry', `${wsUrl}/echo`, told);
    const connecting = new WebSocket(`${wsUrl}/echo`);
    const closed = new Promise((done) => connecting.addEventListener('close', done));
    try {
      connecting.send('too early');
    } catch (error) {
      Sentry.captureException(error);
    }
    await new Promise((open) => connecting.addEventListener('open', open));
    connecting.close();
    await closed;
    await new Promise<void>((done) => {
      addEventListener('error', () => done(), { once: true });
      setTimeout(() => {
        throw new Error('by a timer');
      });
    });
    const ended = new Promise((done) => kept.addEventListener('close', done));
    kept.close(1000);
    await ended;
    told.push(`closed ${await Sentry.close(5000)}`);
    return [...told, ...reports];
  },
};
