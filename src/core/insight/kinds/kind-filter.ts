import { printOperand } from '../../filter/syntax/print-operand';

/**
 * The query that finds messages of a kind (or pattern, or without one).
 * @param sent in which direction; both if absent
 */
export function kindFilter(kind: string, sent?: boolean): string {
  const direction = sent === undefined ? '' : ` dir:${sent ? 'sent' : 'received'}`;
  const which = kind === '' ? 'is:message -kind:*' : `kind:${printOperand({ form: 'quoted', text: kind })}`;
  return which + direction;
}
