import axe from 'axe-core';
import type { Panel } from './driver';

/** What axe finds in the panel as it stands, one line a fault. */
export async function violations(panel: Panel): Promise<string[]> {
  return await panel.evaluate(
    `(async () => {
      if (!globalThis.axe) { ${axe.source} }
      const { violations } = await axe.run(document);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary));
    })()`,
  );
}
