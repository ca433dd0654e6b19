import { signal } from '@preact/signals';
import type { RecorderCalls, RecorderState } from '../../core/messages/recorder';
import type { Link } from './link';

/** What the recorder does, and the ways to tell it otherwise. `state` is `null` until it is known. */
export function createRecording(link: Link, failed: (error: unknown) => void) {
  const state = signal<RecorderState | null>(null);
  const take = (next: RecorderState): void => {
    state.value = next;
  };
  link.recorder.on('state', take);
  link.onConnect(() => void link.recorder.call('state', null).then(take, failed));
  const set = (change: RecorderCalls['set']['params']): Promise<void> =>
    link.recorder.call('set', change).then(take, failed);
  return {
    state,
    set,
    toggle: () => set({ recording: !state.peek()?.recording }),
    setSiteDisabled: (disabled: boolean) =>
      link.recorder.call('setSiteDisabled', { host: state.peek()?.switchHost ?? '', disabled }).then(take, failed),
    clear: () => link.recorder.call('clear', null).catch(failed),
    reload: () => link.recorder.call('reload', null).catch(failed),
  };
}
