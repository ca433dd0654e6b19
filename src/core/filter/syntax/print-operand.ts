import type { Operand } from './query';

/** An operand as it is written in a query. */
export function printOperand(operand: Operand): string {
  switch (operand.form) {
    case 'bare':
      return operand.text;
    case 'quoted':
      return `"${operand.text.replace(/["\\]/g, '\\$&')}"`;
    case 'regex':
      return `/${operand.source}/${operand.flags}`;
  }
}
