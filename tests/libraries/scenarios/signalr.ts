import type { Any, Scenario } from '../scenario';

export const signalR: Scenario = {
  scripts: ['signalr.js'],
  run: async (wsUrl) => {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = (globalThis as Any).signalR;
    const hub = new HubConnectionBuilder()
      .withUrl(`${wsUrl.replace('ws:', 'http:')}/hub`, {
        skipNegotiation: true,
        transport: HttpTransportType.WebSockets,
      })
      .configureLogging(LogLevel.None)
      .build();
    const told: string[] = [];
    const closed = new Promise((done) => hub.onclose(done));
    await hub.start();
    told.push(hub.state, `sum ${await hub.invoke('Add', 1, 2)}`);
    told.push(await hub.invoke('Fail').catch((error: Error) => `${error.name} ${error.message}`));
    const greeted = new Promise((done) => hub.on('Greet', (...values: unknown[]) => done(JSON.stringify(values))));
    await hub.send('Notify', { price: 1.5 });
    told.push(`greeted ${await greeted}`);
    await hub.stop();
    told.push(`closed ${await closed}`, hub.state);
    return told;
  },
};
