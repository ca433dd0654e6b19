import type { Any, Scenario } from '../scenario';

export const actionCable: Scenario = {
  scripts: ['actioncable.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const consumer = (globalThis as Any).ActionCable.createConsumer(`${wsUrl}/cable`);
    const received = await new Promise((done) => {
      const chat = consumer.subscriptions.create(
        { channel: 'ChatChannel', room: '1' },
        {
          connected: () => {
            told.push('connected');
            chat.perform('speak', { text: 'hello' });
          },
          received: done,
        },
      );
    });
    told.push(JSON.stringify(received));
    await new Promise((done) => consumer.subscriptions.create('SecretChannel', { rejected: done }));
    told.push(`rejected ${consumer.connection.getProtocol()}`);
    const closed = new Promise((done) => consumer.connection.webSocket.addEventListener('close', done));
    consumer.disconnect();
    await closed;
    told.push(`closed ${consumer.connection.isOpen()}`);
    return told;
  },
};
