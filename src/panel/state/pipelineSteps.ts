import type { PipelineStep } from '../../core/decode/pipeline';

/** What is handed on if nothing else is said. */
const CONTENT = 'content';

/** The place of the value that a step hands on, as it is typed: names with dots between. Empty for the content. */
export function takeText(take: readonly string[]): string {
  return take.length === 1 && take[0] === CONTENT ? '' : take.join('.');
}

/** The reverse of {@link takeText}. */
export function takeFromText(text: string): string[] {
  const names = text.split('.').map((name) => name.trim());
  return names.every((name) => name === '') ? [CONTENT] : names;
}

/** The steps in one line, for a list: `skip 4 → gzip → MessagePack`. */
export function stepsText(steps: readonly PipelineStep[], labelOf: (id: string) => string): string {
  return steps.map((step) => ('skip' in step ? `skip ${step.skip}` : labelOf(step.decoder))).join(' → ');
}

/** A list with one of its members moved by some places; unchanged where that leads out of it. */
export function moved<T>(list: readonly T[], at: number, by: number): T[] {
  const to = at + by;
  if (to < 0 || to >= list.length) return [...list];
  return list.toSpliced(at, 1).toSpliced(to, 0, list[at]);
}
