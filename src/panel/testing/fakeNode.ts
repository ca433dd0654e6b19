import type { TreeNode } from '../../core/messages/store';

/** A node of a made-up tree. */
export function fakeNode(name: string, value: unknown): TreeNode {
  if (Array.isArray(value)) return { name, type: 'array', value: `${value.length} items`, size: value.length };
  if (value === null) return { name, type: 'null', value: 'null', size: 0 };
  if (typeof value === 'object')
    return {
      name,
      type: 'object',
      value: `{${Object.keys(value).slice(0, 5).join(', ')}}`,
      size: Object.keys(value).length,
    };
  return { name, type: typeof value as 'string' | 'number' | 'boolean', value: String(value), size: 0 };
}
