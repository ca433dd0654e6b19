import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface LazyProps<P> {
  /** The same function each time. */
  load(): Promise<ComponentType<P>>;
  props: P;
  failed(error: unknown): void;
}

/** A view that is loaded when it is first shown: it is not part of what the panel starts with. */
export function Lazy<P extends object>({ load, props, failed }: LazyProps<P>) {
  const [View, setView] = useState<ComponentType<P> | null>(null);
  useEffect(() => {
    let gone = false;
    load().then((view) => {
      if (!gone) setView(() => view);
    }, failed);
    return () => {
      gone = true;
    };
  }, [load]);
  return View && <View {...props} />;
}
