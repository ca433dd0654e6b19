import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface LazyProps<P> {
  /** The same function each time. */
  load(): Promise<ComponentType<P>>;
  props: P;
  failed(error: unknown): void;
}

/** What was loaded, by the function that did: it is there at once from then on. */
const loaded = new Map<unknown, unknown>();

/** A view that is loaded when it is first shown: it is not part of what the panel starts with. */
export function Lazy<P extends object>({ load, props, failed }: LazyProps<P>) {
  const [View, setView] = useState(() => (loaded.get(load) ?? null) as ComponentType<P> | null);
  useEffect(() => {
    let gone = false;
    load().then((view) => {
      loaded.set(load, view);
      if (!gone) setView(() => view);
    }, failed);
    return () => {
      gone = true;
    };
  }, [load]);
  return View && <View {...props} />;
}
