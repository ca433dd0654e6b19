import type { Any, Scenario } from '../scenario';

/** zone.js, Sentry, New Relic and MSW in one page, one over the other. */
export const allWrappers: Scenario = {
  scripts: ['zone.js', 'exercise.js', 'msw.js'],
  errors: ['of the page, under all'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const { exercise, Zone } = globalThis as Any;
    const [sentry, newRelic] = ['/bundles/sentry.js', '/bundles/new-relic.js'];
    const Sentry = await import(sentry);
    Sentry.init({
      dsn: `${location.origin.replace('://', '://key@')}/1`,
      integrations: [Sentry.replayIntegration()],
      replaysSessionSampleRate: 1,
    });
    const { BrowserAgent } = await import(newRelic);
    const ids = { licenseKey: 'key', applicationID: '1' };
    new BrowserAgent({
      init: { ssl: false, web_sockets: { enabled: true } },
      info: { beacon: location.host, errorBeacon: location.host, sa: 1, ...ids },
      loader_config: { accountID: '1', trustKey: '1', agentID: '1', ...ids },
    });
    const { setupWorker, ws } = (globalThis as Any).MockServiceWorker;
    const link = ws.link(`${wsUrl}/echo`);
    const worker = setupWorker(link.addEventListener('connection', ({ server }: Any) => server.connect()));
    await worker.start({ quiet: true, onUnhandledRequest: 'bypass' });
    await Zone.current.fork({ name: 'mine' }).run(exercise, null, ['under all', `${wsUrl}/echo`, told]);
    worker.stop();
    told.push(`closed ${await Sentry.close(5000)}`);
    return told;
  },
};
