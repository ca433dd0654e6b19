const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

let minute = Number.NaN;
let minuteText = '';

/** Local time of day with milliseconds: `23:43:25.398`. `time` is ms since the epoch. */
export function formatClock(time: number): string {
  const floor = Math.floor(time);
  // The calendar is asked once a minute only: this runs for every row drawn.
  const at = Math.floor(floor / 60_000);
  if (at !== minute) {
    const date = new Date(at * 60_000);
    minute = at;
    minuteText = `${two(date.getHours())}:${two(date.getMinutes())}:`;
  }
  const rest = floor - at * 60_000;
  const ms = rest % 1000;
  return `${minuteText}${two((rest - ms) / 1000)}.${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}`;
}

/** Local date and time to the microsecond: `2026-11-21 23:43:25.398125`. */
export function formatExactTime(time: number): string {
  const micros = Math.round((time - Math.floor(time)) * 1000);
  return `${formatDate(time)} ${formatClock(time)}${String(Math.min(micros, 999)).padStart(3, '0')}`;
}

/** Local date: `2026-11-21`. */
function formatDate(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Local date and time to the minute, for lists: `2026-11-21 23:43`. */
export function formatMinute(time: number): string {
  return `${formatDate(time)} ${formatClock(time).slice(0, 5)}`;
}

/** A duration for people; `ms` may have fractions: `0.250 ms`, `12.3 ms`, `1.50 s`, `2 min 5 s`, `3 h 4 min`. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1) return `${ms.toFixed(3)} ms`;
  if (size < 1000) return `${ms.toFixed(size < 100 ? 1 : 0)} ms`;
  if (size < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  if (size < 3_600_000) return `${Math.trunc(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.trunc(seconds / 3600)} h ${Math.trunc(seconds / 60) % 60} min`;
}
