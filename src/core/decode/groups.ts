import { groupNode, LIMITS } from './tree';
import type { DecodedNode } from './types';

/** How the members of a long list are read: each must be passed to find the next. */
export interface Walk<M extends { index: number }> {
  /** The members from `mark` on, `mark` included, or all of them. They keep the numbers they have from the start. */
  from(mark?: M): Iterable<M>;
  node(member: M): DecodedNode;
  /** Byte offsets of a group from its first member to before `next` (`undefined`: to the end). */
  range(first: M, next: M | undefined): { start?: number; end?: number };
}

/**
 * The nodes of a list's members. Of more than `LIMITS.group` only each thousandth is remembered and the members of a
 * group are read again when it is opened, so that a list of millions costs one pass and little memory.
 */
export function walkedNodes<M extends { index: number }>(walk: Walk<M>): DecodedNode[] {
  const first: M[] = [];
  const marks: M[] = [];
  let count = 0;
  for (const member of walk.from()) {
    if (count % LIMITS.group === 0) marks.push(member);
    if (count < LIMITS.group) first.push(member);
    count++;
  }
  if (marks.length <= 1) return first.map((member) => walk.node(member));
  const groups = marks.map((mark, i) => {
    const last = Math.min((i + 1) * LIMITS.group, count) - 1;
    return groupNode(mark.index, last, () => groupNodes(walk, mark), walk.range(mark, marks[i + 1]));
  });
  return nested(groups, count, LIMITS.group);
}

function groupNodes<M extends { index: number }>(walk: Walk<M>, mark: M): DecodedNode[] {
  const nodes: DecodedNode[] = [];
  for (const member of walk.from(mark)) {
    if (nodes.length === LIMITS.group) break;
    nodes.push(walk.node(member));
  }
  return nodes;
}

/** Groups of groups where even the groups are too many. */
function nested(groups: DecodedNode[], count: number, size: number): DecodedNode[] {
  if (groups.length <= LIMITS.group) return groups;
  const outer: DecodedNode[] = [];
  const step = size * LIMITS.group;
  for (let i = 0; i < groups.length; i += LIMITS.group) {
    const part = groups.slice(i, i + LIMITS.group);
    const from = i * size;
    outer.push(groupNode(from, Math.min(from + step, count) - 1, () => part));
  }
  return nested(outer, count, step);
}
