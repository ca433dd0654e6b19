import { Aedes } from 'aedes';
import mqtt, { type MqttClient } from 'mqtt';
import mqttPacket from 'mqtt-packet';
import { createWebSocketStream, type WebSocket } from 'ws';
import { once, type Recording, recordServer } from '../record-server';

const protocols = { handleProtocols: () => 'mqtt' };

/** MQTT 3.1.1: the real client and the real broker; all QoS levels, retained, a will, unsubscribe, ping. */
export async function recordMqtt311(): Promise<Recording> {
  const broker = await Aedes.createBroker();
  const server = await recordServer((socket) => broker.handle(createWebSocketStream(socket) as never), protocols);
  const client = await mqtt.connectAsync(`${server.url}/mqtt`, {
    clientId: 'thermostat',
    keepalive: 1,
    will: { topic: 'state/thermostat', payload: Buffer.from('gone'), qos: 1, retain: true },
  });
  await client.subscribeAsync({ 'sensors/#': { qos: 2 }, 'state/+': { qos: 0 } });
  const came = collect(client, 3);
  await client.publishAsync('sensors/1', '{"celsius":21.5}', { qos: 0 });
  await client.publishAsync('sensors/2', 'twenty', { qos: 1, retain: true });
  await client.publishAsync('sensors/3', Buffer.from([0, 255, 1, 254]), { qos: 2 });
  await came;
  await once<void>((done) => client.once('packetreceive', (packet) => packet.cmd === 'pingresp' && done()));
  await client.unsubscribeAsync('sensors/#');
  await client.endAsync();
  await server.close();
  await new Promise<void>((resolve) => broker.close(resolve));
  const [connection] = server.connections;
  return { decoder: 'mqtt', between: 'mqtt with aedes (MQTT 3.1.1)', ...connection! };
}

/** MQTT 5: the real client, and a broker that echoes, made with the real codec; properties, aliases, reasons. */
export async function recordMqtt5(): Promise<Recording> {
  const server = await recordServer(echoBroker, protocols);
  const client = await mqtt.connectAsync(`${server.url}/mqtt`, {
    protocolVersion: 5,
    clientId: 'gauge',
    properties: { sessionExpiryInterval: 60, receiveMaximum: 10, userProperties: { build: '7' } },
  });
  await client.subscribeAsync('price/#', { qos: 1, properties: { subscriptionIdentifier: 4 } });
  const came = collect(client, 2);
  await client.publishAsync('price/gold', '{"usd":2650}', {
    qos: 1,
    properties: { contentType: 'application/json', topicAlias: 1, correlationData: Buffer.from([1, 2, 3]) },
  });
  await client.publishAsync('', '{"usd":2651}', { qos: 1, properties: { topicAlias: 1 } });
  await came;
  await client.unsubscribeAsync('price/#');
  await client.endAsync(false, { reasonCode: 4, properties: { reasonString: 'done for today' } });
  await server.close();
  const [connection] = server.connections;
  return { decoder: 'mqtt', between: 'mqtt with an echoing broker on mqtt-packet (MQTT 5)', ...connection! };
}

function collect(client: MqttClient, count: number): Promise<void> {
  return once((done) => client.on('message', () => --count === 0 && done()));
}

function echoBroker(socket: WebSocket): void {
  const parser = mqttPacket.parser({ protocolVersion: 5 });
  const aliases = new Map<number, string>();
  const send = (packet: unknown) =>
    socket.send(mqttPacket.generate(packet as mqttPacket.Packet, { protocolVersion: 5 }));
  parser.on('packet', (packet) => {
    const messageId = packet.messageId;
    if (packet.cmd === 'connect') {
      send({
        cmd: 'connack',
        reasonCode: 0,
        sessionPresent: false,
        properties: { topicAliasMaximum: 5, serverKeepAlive: 30 },
      });
    }
    if (packet.cmd === 'subscribe') send({ cmd: 'suback', messageId, granted: packet.subscriptions.map(() => 1) });
    if (packet.cmd === 'unsubscribe') send({ cmd: 'unsuback', messageId, granted: [0] });
    if (packet.cmd === 'pingreq') send({ cmd: 'pingresp' });
    if (packet.cmd === 'publish') {
      const alias = packet.properties?.topicAlias;
      if (alias !== undefined && packet.topic !== '') aliases.set(alias, packet.topic);
      send({ cmd: 'puback', messageId, reasonCode: 0 });
      const topic = packet.topic || aliases.get(alias ?? 0);
      send({ cmd: 'publish', topic, payload: packet.payload, qos: 0, properties: { subscriptionIdentifier: 4 } });
    }
  });
  socket.on('message', (data: Buffer) => parser.parse(data));
}
