import type { Any, Scenario } from '../scenario';

/** Two clients, since this broker sends nobody his own messages. */
export const stompJs: Scenario = {
  scripts: ['stomp.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const connect = async () => {
      const client = new (globalThis as Any).StompJs.Client({ brokerURL: `${wsUrl}/stomp`, reconnectDelay: 0 });
      const closed = new Promise<CloseEvent>((done) => {
        client.onWebSocketClose = done;
      });
      const connected = new Promise((done) => {
        client.onConnect = done;
      });
      client.activate();
      await connected;
      told.push(`connected ${client.connectedVersion} ${client.webSocket.protocol}`);
      return { client, closed };
    };
    const [mine, other] = [await connect(), await connect()];
    const next = ({ client }: Any, to: string) => new Promise<Any>((done) => client.subscribe(to, done));
    const answer = next(mine, '/topic/answers');
    // Nothing tells when the broker knows of a subscription, so the question is asked until it is heard.
    const question = next(other, '/topic/questions');
    const asked = setInterval(() => mine.client.publish({ destination: '/topic/questions', body: 'hello?' }), 20);
    told.push((await question).body);
    clearInterval(asked);
    other.client.publish({ destination: '/topic/answers', body: 'hello stomp' });
    other.client.publish({ destination: '/topic/bytes', binaryBody: Uint8Array.of(1, 0, 255) });
    told.push((await answer).body);
    for (const { client, closed } of [other, mine]) {
      await client.deactivate();
      told.push(`closed ${(await closed).wasClean} ${client.active}`);
    }
    return told;
  },
};
