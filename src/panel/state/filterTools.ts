import { signal } from '@preact/signals';

export type FilterToolSet = typeof import('../../core/filter');

export type FilterTools = ReturnType<typeof createFilterTools>;

/**
 * What suggests, explains and highlights filters. It is loaded when the panel has shown its first rows; until then the
 * filter box works without.
 */
export function createFilterTools() {
  const tools = signal<FilterToolSet | null>(null);
  let loading: Promise<FilterToolSet> | null = null;
  return {
    tools,
    load(): Promise<FilterToolSet> {
      loading ??= import('../../core/filter').then((loaded) => {
        tools.value = loaded;
        return loaded;
      });
      return loading;
    },
  };
}
