/** A budget is the most that is allowed, or, with `atLeast`, the least. Without one the figure is for information. */
export interface Budget {
  budget?: number;
  atLeast?: boolean;
}

/** Prints one figure as a JSON line, rounded to three significant digits beyond the point. */
export function report(name: string, value: number, unit: string, { budget, atLeast = false }: Budget = {}): void {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  const ok = budget === undefined ? null : atLeast ? value >= budget : value <= budget;
  console.log(JSON.stringify({ name, value: rounded, unit, budget: budget ?? null, ok }));
}

/** The middle of the values. */
export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The value that the given part (0 to 1) of all values does not exceed. */
export function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}
