import type { RecordedMessage } from './record-server';

/** Waits until a ping of Engine.IO has crossed and the last one is answered. */
export async function answered(messages: RecordedMessage[]): Promise<void> {
  const isBeat = ({ text, payload }: RecordedMessage) =>
    text && payload.length === 1 && (payload[0] === 0x32 || payload[0] === 0x33);
  while (messages.findLast(isBeat)?.payload[0] !== 0x33) await new Promise(setImmediate);
}
