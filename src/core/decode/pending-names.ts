import type { DecodeContext } from './types';

/** Most names remembered of each sort, and the longest id and name together. */
const MAX_NAMES = 500;
const MAX_LENGTH = 400;

/**
 * Remembers in the decoder's state what a request was about, because its reply carries only the id. When there are too
 * many, the oldest is forgotten: its reply is then shown with its id alone.
 * @param lasting whether it stays long, as a subscription does: then requests after it do not push it out
 */
export function rememberName({ state }: DecodeContext, id: string, name: string, lasting = false): void {
  if (id.length + name.length > MAX_LENGTH) return;
  const sort = lasting ? 'lasting' : 'names';
  const names: Map<string, string> = state[sort] instanceof Map ? state[sort] : new Map();
  state[sort] = names;
  names.delete(id);
  names.set(id, name);
  if (names.size <= MAX_NAMES) return;
  const [oldest] = names.keys();
  names.delete(oldest as string);
}

/** What the request with this id was about; empty where that is not known. */
export function rememberedName({ state }: DecodeContext, id: string): string {
  for (const names of [state.names, state.lasting]) {
    const name: unknown = names instanceof Map ? names.get(id) : undefined;
    if (typeof name === 'string') return name;
  }
  return '';
}

/** The exchange with this id is over: nothing more comes that its name is needed for. */
export function forgetName({ state }: DecodeContext, id: string): void {
  for (const names of [state.names, state.lasting]) if (names instanceof Map) names.delete(id);
}
