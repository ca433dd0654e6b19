import { expect } from '@playwright/test';
import type { Panel } from './driver';
import { whenRows } from './when-rows';

/** A cell of every row that the list has drawn, from above; of the column Data without what is remarked beside it. */
export function drawnCells(panel: Panel, column = 'data'): Promise<string[]> {
  return panel.evaluate((id: string) => {
    const rows = [...document.querySelectorAll('[role="grid"][aria-label="Frames"] .grid-layer > [role="row"]')];
    // Elements of rows are used again: their order in the document is not that of the list.
    const place = (row: Element) => Number(row.getAttribute('aria-rowindex'));
    return rows
      .sort((one, other) => place(one) - place(other))
      .map((row) => (row.querySelector(`.col-${id} bdi`) ?? row.querySelector(`.col-${id}`))?.textContent ?? '');
  }, column);
}

/** Waits until the list has exactly the rows that say this, from above. */
export async function whenSaid(panel: Panel, wanted: (string | RegExp)[]): Promise<void> {
  await expect
    .poll(() => drawnCells(panel))
    .toEqual(wanted.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
  await whenRows(panel, wanted.length);
}

/** Puts a query in the filter box and waits until exactly the rows that say this are shown. */
export async function filterTo(panel: Panel, query: string, wanted: (string | RegExp)[]): Promise<void> {
  await panel.getByRole('searchbox', { name: 'Filter frames' }).fill(query);
  await whenSaid(panel, wanted);
}
