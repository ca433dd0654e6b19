import type { Any, Scenario } from '../scenario';

export const wampy: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/bundles/wampy.js';
    const { Wampy, MsgpackSerializer } = await import(module);
    const client = new Wampy(`${wsUrl}/wamp`, {
      realm: 'realm1',
      serializer: new MsgpackSerializer(),
      autoReconnect: false,
    });
    await client.connect();
    const heard: Any[] = [];
    await client.subscribe('com.price', (event: Any) => heard.push(event));
    await client.publish('com.price', { gold: 2650 }, { exclude_me: false });
    await client.register('com.add', ({ argsList: [a, b] }: Any) => ({ argsList: [a + b] }));
    told.push(JSON.stringify((await client.call('com.add', [2, 3])).argsList), JSON.stringify(heard));
    told.push(await client.call('com.missing', []).catch((error: Any) => `${error.name} ${error.errorUri}`));
    await client.unregister('com.add');
    await client.disconnect();
    told.push(`closed ${client.getOpStatus().code}`);
    return told;
  },
};
