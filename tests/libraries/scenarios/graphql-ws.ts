import type { Scenario } from '../scenario';

export const graphqlWs: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/graphql-ws/client.js';
    const { createClient } = await import(module);
    const client = createClient({ url: `${wsUrl}/graphql`, lazy: false, generateID: () => `${told.length}` });
    for (const name of ['connected', 'opened']) client.on(name, () => told.push(name));
    for (const query of ['{ hello }', 'subscription { count(to: 3) }', '{ missing }']) {
      await new Promise<void>((done) => {
        client.subscribe(
          { query },
          {
            next: (value: unknown) => told.push(JSON.stringify(value)),
            error: (error: unknown) => {
              told.push(`refused ${JSON.stringify(error)}`);
              done();
            },
            complete: done,
          },
        );
      });
    }
    const closed = new Promise<CloseEvent>((done) => client.on('closed', done));
    await client.dispose();
    const { code, reason, wasClean } = await closed;
    told.push(`closed ${code} ${reason} ${wasClean}`);
    return told;
  },
};
