import type { DocumentMessage } from './port';
import { isRecord } from './rpc';

/**
 * Content script → whoever listens, by `runtime.sendMessage`: what a document had not delivered when it went away,
 * because its port was not yet there, or was closed before.
 */
export interface LeftMessage {
  framescope: 'left';
  /** As over a port: who it is, then its batches. */
  messages: DocumentMessage[];
}

/** @param message anything that came by `runtime.sendMessage`; what its `messages` are is not checked */
export function isLeft(message: unknown): message is { messages: unknown[] } {
  return isRecord(message) && message.framescope === 'left' && Array.isArray(message.messages);
}

/** The port of a document that is gone: says what it left, and ends. Nobody hears what it is told. */
export class LeftPort {
  readonly name = '';
  private readonly listeners: ((message: unknown) => void)[] = [];
  private readonly endListeners: (() => void)[] = [];
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => void this.listeners.push(listener) };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.endListeners.push(listener) };

  constructor(private readonly messages: unknown[]) {}

  postMessage(): void {
    // Nobody is there.
  }

  disconnect(): void {
    // It ends by itself.
  }

  /** To be called when whoever takes the messages listens. */
  deliver(): void {
    for (const message of this.messages) for (const listener of this.listeners) listener(message);
    for (const listener of this.endListeners) listener();
  }
}
