import type { Any, Scenario } from '../scenario';

export const amqp: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/amqp.js';
    const { AMQPWebSocketClient } = await import(module);
    const client = new AMQPWebSocketClient(`${wsUrl}/amqp`, 'vhost', 'ada', 'secret', 'page');
    const connection = await client.connect();
    const channel = await connection.channel();
    await channel.confirmSelect();
    told.push(JSON.stringify(await channel.queueDeclare('prices', { durable: true })));
    let deliver: (message: Any) => void;
    const heard = new Promise<Any>((done) => {
      deliver = done;
    });
    await channel.basicConsume('prices', { noAck: false }, (message: Any) => deliver(message));
    told.push(`confirmed ${await channel.basicPublish('amq.topic', 'price.gold', '{"usd":2650}')}`);
    const message = await heard;
    told.push(`${message.routingKey} ${message.bodyString()}`);
    await channel.basicAck(message.deliveryTag);
    await channel.close();
    await connection.close();
    told.push(`closed ${connection.closed}`);
    return told;
  },
};
