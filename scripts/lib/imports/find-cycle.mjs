/**
 * A cycle in a graph, as the path around it with its start repeated at the end, or undefined where there is none.
 *
 * @param {Map<string, string[]>} graph
 */
export function findCycle(graph) {
  const done = new Set();
  const path = [];
  const visit = (node) => {
    if (done.has(node)) return undefined;
    const start = path.indexOf(node);
    if (start >= 0) return [...path.slice(start), node];
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}
