import type { Direction } from '../model/frame';
import { isRecord } from './rpc';

/** A message as it goes to a user's function. */
export interface SandboxFrame {
  /** Number of the frame in its log. */
  frame: number;
  bytes: Uint8Array;
  /** Whether it is a text message. */
  text: boolean;
  direction: Direction;
  url: string;
  /** The subprotocol chosen, or empty. */
  protocol: string;
}

/** What the store tells a sandbox: first the code, once, then messages to decode in their order. */
export type ToSandbox = { type: 'code'; code: string } | { type: 'run'; frames: SandboxFrame[] };

/** What a sandbox tells the store. `line` counts from 1 in the user's code. */
export type FromSandbox =
  /** The code is about to be run for the first time. */
  | { type: 'alive' }
  /** There is a function `decode`. */
  | { type: 'ready' }
  | { type: 'broken'; message: string; line: number | null }
  /** What the function gave, plain (core/decode/plain-value), and what of it was left out. */
  | { type: 'result'; frame: number; value: unknown; left: string | null }
  | { type: 'failed'; frame: number; message: string; line: number | null };

/** Characters of an error's message that are shown. */
const MOST_MESSAGE = 500;

/** @returns `null` for anything else. The value of a result is not looked at. */
export function parseFromSandbox(data: unknown): FromSandbox | null {
  if (!isRecord(data)) return null;
  const { type, frame, value } = data;
  if (type === 'alive' || type === 'ready') return { type };
  const message = String(typeof data.message === 'string' ? data.message : '').slice(0, MOST_MESSAGE);
  const line = typeof data.line === 'number' && Number.isSafeInteger(data.line) && data.line > 0 ? data.line : null;
  if (type === 'broken') return { type, message, line };
  if (typeof frame !== 'number') return null;
  if (type === 'failed') return { type, frame, message, line };
  const left = typeof data.left === 'string' ? data.left.slice(0, MOST_MESSAGE) : null;
  return type === 'result' ? { type, frame, value, left } : null;
}
