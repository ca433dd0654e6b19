import { plainOperand } from '../syntax/lex';
import { printOperand } from '../syntax/print-operand';
import type { ValueSuggestion } from '../terms/term-kind';

/** Of `[value, words]`, those that hold what is typed, first those that begin with it. */
export function wordSuggestions(typed: string, values: readonly (readonly [string, string])[]): ValueSuggestion[] {
  const wanted = typed.replace(/^"/, '').toLowerCase();
  const begins: ValueSuggestion[] = [];
  const holds: ValueSuggestion[] = [];
  for (const [value, detail] of values) {
    const at = value.toLowerCase().indexOf(wanted);
    if (at >= 0) (at === 0 ? begins : holds).push({ text: printOperand(plainOperand(value)), detail });
  }
  return [...begins, ...holds];
}
