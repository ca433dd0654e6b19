import type { Panel } from './driver';
import { until } from './poll';

/** A frame as an NDJSON export tells it, with its payload as bytes. */
export interface RecordedFrame {
  time: number;
  connection: number;
  direction: 'sent' | 'received';
  kind: string;
  length: number;
  flags: string[];
  payload: Buffer;
}

export interface RecordedConnection {
  id: number;
  url: string;
  protocol: string;
  state: string;
  createdAt: number;
  initiator: string | null;
  [member: string]: unknown;
}

export interface Recorded {
  connections: RecordedConnection[];
  frames: RecordedFrame[];
}

/** What the panel says it has: the numbers of its `status` "Counts". */
export async function countsOf(panel: Panel): Promise<{ frames: number; connections: number; text: string }> {
  const text = (await panel.getByRole('status', { name: 'Counts' }).textContent()) ?? '';
  const number = (unit: string) =>
    Number(new RegExp(`([\\d,]+) ${unit}`).exec(text)?.[1].replaceAll(',', '') ?? Number.NaN);
  return { frames: number('frame'), connections: number('connection'), text };
}

/** Waits until at least so many frames are counted, and gives how many there are. */
export function whenFrames(panel: Panel, least: number, timeout?: number): Promise<number> {
  return until(
    `${least} frames in the panel`,
    async () => {
      const { frames } = await countsOf(panel);
      return frames >= least ? frames : undefined;
    },
    timeout,
  );
}

/** Saves what is recorded (or the scope that is called so) by the panel's own Export menu, and reads the file. */
export async function saveAs(
  panel: Panel,
  format: 'HAR' | 'NDJSON',
  scope: RegExp = /^All/,
): Promise<{ name: string; bytes: Buffer }> {
  await panel.getByRole('button', { name: 'Export', exact: true }).click();
  await panel.getByRole('menuitemradio', { name: scope }).click();
  return await panel.download(() => panel.getByRole('menuitem', { name: format, exact: true }).click());
}

/** Everything recorded, by way of an NDJSON export. */
export async function recorded(panel: Panel, scope?: RegExp): Promise<Recorded> {
  return readNdjson((await saveAs(panel, 'NDJSON', scope)).bytes.toString('utf8'));
}

/** Reads an NDJSON export (docs/formats.md) without the product's own reader. */
export function readNdjson(text: string): Recorded {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    connections: lines.filter((line) => line.type === 'connection') as unknown as RecordedConnection[],
    frames: lines.filter((line) => line.type === 'frame').map(frameOf),
  };
}

function frameOf(line: Record<string, unknown>): RecordedFrame {
  return {
    time: line.time as number,
    connection: line.connection as number,
    direction: line.direction as 'sent' | 'received',
    kind: line.kind as string,
    length: line.length as number,
    flags: (line.flags as string[] | undefined) ?? [],
    payload:
      typeof line.base64 === 'string' ? Buffer.from(line.base64, 'base64') : Buffer.from(line.text as string, 'utf8'),
  };
}

/** Only messages, in the order of the log. */
export function messages({ frames }: Recorded): RecordedFrame[] {
  return frames.filter(({ kind }) => kind === 'text' || kind === 'binary');
}
