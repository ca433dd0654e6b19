/** A run of lines that both have, or that only one has. */
export interface DiffRun {
  type: 'same' | 'removed' | 'added';
  lines: string[];
}

/** Beyond this many differences the rest is shown as replaced whole: the time grows with their square. */
const MOST_DIFFERENCES = 500;

/**
 * What turns one list of lines into another, with the fewest lines removed and added (E. W. Myers, "An O(ND) difference
 * algorithm and its variations", 1986).
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffRun[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const runs: DiffRun[] = [];
  for (const line of before.slice(0, head)) push(runs, 'same', line);
  diffMiddle(runs, before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  for (const line of before.slice(before.length - tail)) push(runs, 'same', line);
  return runs;
}

function diffMiddle(runs: DiffRun[], a: readonly string[], b: readonly string[]): void {
  const trace = furthest(a, b);
  if (!trace) {
    for (const line of a) push(runs, 'removed', line);
    for (const line of b) push(runs, 'added', line);
    return;
  }
  const steps: [DiffRun['type'], string][] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(reach, fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      steps.push(['same', a[--x]]);
      y--;
    }
    if (d === 0) break;
    if (down) steps.push(['added', b[--y]]);
    else steps.push(['removed', a[--x]]);
  }
  for (const [type, line] of steps.reverse()) push(runs, type, line);
}

/** For each number of differences, how far along `a` each diagonal was reached before; `null` when there are too many. */
function furthest(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const reach = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_DIFFERENCES); d++) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1));
      let x = down ? at(reach, k + 1) : at(reach, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return null;
}

function at(reach: Map<number, number>, k: number): number {
  return reach.get(k) ?? -1;
}

function push(runs: DiffRun[], type: DiffRun['type'], line: string): void {
  const last = runs.at(-1);
  if (last?.type === type) last.lines.push(line);
  else runs.push({ type, lines: [line] });
}
