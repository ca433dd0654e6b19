import type { Frame } from '../model/frame';
import type { ByteWriter } from './byte-writer';
import { isCount } from './numbers';
import { FormatError } from './types';

/** What is told of few frames only. */
export type FrameExtras = Pick<Frame, 'buffered' | 'stack' | 'mark'>;

/** The name of a member in HAR, where each member that HAR does not know has to begin so. */
export const inHar = (name: keyof FrameExtras): string => `_framescope${name[0].toUpperCase()}${name.slice(1)}`;
const asIs = (name: keyof FrameExtras): string => name;

/** @returns what is told of the frame beyond what is told of every one */
export function extrasOf({ buffered, stack, mark }: Frame): FrameExtras {
  return {
    ...(buffered !== undefined && { buffered }),
    ...(stack !== undefined && { stack }),
    ...(mark !== undefined && { mark }),
  };
}

/** Writes them as members of an object, each with a comma before it. */
export function writeExtras(out: ByteWriter, { buffered, stack, mark }: Frame, nameOf = asIs): void {
  if (buffered !== undefined) out.ascii(`,"${nameOf('buffered')}":${buffered}`);
  if (stack !== undefined) writeText(out, nameOf('stack'), stack);
  if (mark !== undefined) writeText(out, nameOf('mark'), mark);
}

function writeText(out: ByteWriter, name: string, text: string): void {
  out.ascii(`,"${name}":`);
  out.json(text);
}

/**
 * Reads them from a parsed object.
 * @param where the place of a member in the file, for errors
 * @throws {FormatError}
 */
export function readExtras(
  record: Record<string, unknown>,
  where: (member: string) => string,
  nameOf = asIs,
): FrameExtras {
  const extras: FrameExtras = {};
  const buffered = record[nameOf('buffered')];
  if (isCount(buffered)) extras.buffered = buffered;
  else if (buffered !== undefined)
    throw new FormatError('`buffered` must be a whole number', where(nameOf('buffered')));
  for (const name of ['stack', 'mark'] as const) {
    const text = record[nameOf(name)];
    if (typeof text === 'string') extras[name] = text;
    else if (text !== undefined) throw new FormatError(`\`${name}\` must be a string`, where(nameOf(name)));
  }
  return extras;
}
