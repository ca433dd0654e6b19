import type { MenuEntry } from '../state/menu';
import type { Panel } from '../state/panel';

const RINGS = [
  { label: 'nothing', frames: 0, bytes: 0 },
  { label: '200 frames, 1 MiB', frames: 200, bytes: 1024 * 1024 },
  { label: '2,000 frames, 8 MiB', frames: 2000, bytes: 8 * 1024 * 1024 },
];

/** The settings, all of them at hand. */
export function settingsMenu(panel: Panel): MenuEntry[] {
  const { recording, layout, storage } = panel;
  const state = recording.state.value;
  const dock = layout.dock.value;
  const entries: MenuEntry[] = [
    {
      type: 'radio',
      label: 'Detail at the bottom',
      checked: dock === 'bottom',
      stays: true,
      run: () => {
        layout.dock.value = 'bottom';
      },
    },
    {
      type: 'radio',
      label: 'Detail at the right',
      checked: dock === 'right',
      stays: true,
      run: () => {
        layout.dock.value = 'right';
      },
    },
  ];
  if (!state) return entries;
  entries.push(
    { type: 'separator' },
    {
      type: 'checkbox',
      label: 'Keep in memory only',
      checked: state.memoryOnly || storage.state.value?.where === 'memory',
      disabled: state.privateWindow,
      stays: true,
      run: () => void recording.set({ memoryOnly: !recording.state.peek()?.memoryOnly }),
    },
    {
      type: 'checkbox',
      label: 'Record where frames are sent from',
      checked: state.stacks,
      stays: true,
      run: () => void recording.set({ stacks: !recording.state.peek()?.stacks }),
    },
    { type: 'separator' },
    {
      type: 'checkbox',
      label: `Off on ${state.switchHost ?? 'this site'}`,
      checked: state.siteOff,
      disabled: state.switchHost === null,
      stays: true,
      run: () => void recording.setSiteDisabled(!recording.state.peek()?.siteOff),
    },
    {
      type: 'checkbox',
      label: 'Paused on every site',
      checked: state.paused,
      stays: true,
      run: () => void recording.set({ paused: !recording.state.peek()?.paused }),
    },
    { type: 'separator' },
    { type: 'heading', label: 'Kept of the time before DevTools opens' },
    ...RINGS.map(
      (ring): MenuEntry => ({
        type: 'radio',
        label: ring.label,
        checked: state.ring.frames === ring.frames,
        stays: true,
        run: () => void recording.set({ ring: { frames: ring.frames, bytes: ring.bytes } }),
      }),
    ),
  );
  return entries;
}
