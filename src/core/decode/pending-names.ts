import type { DecodeContext } from './types';

/** Most requests whose names are remembered until their reply comes, and the longest id and name together. */
const MAX_NAMES = 500;
const MAX_LENGTH = 400;

/**
 * Remembers in the decoder's state what a request was about, because its reply carries only the id. When too many
 * are open, all are forgotten: replies are then shown with their id alone.
 */
export function rememberName({ state }: DecodeContext, id: string, name: string): void {
  if (id.length + name.length > MAX_LENGTH) return;
  if (!(state.names instanceof Map) || state.names.size >= MAX_NAMES) state.names = new Map<string, string>();
  (state.names as Map<string, string>).set(id, name);
}

/** What the request with this id was about; empty where that is not known. */
export function rememberedName({ state }: DecodeContext, id: string): string {
  const name: unknown = state.names instanceof Map ? state.names.get(id) : undefined;
  return typeof name === 'string' ? name : '';
}
