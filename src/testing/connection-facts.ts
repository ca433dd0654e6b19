import type { Panel } from './driver';
import { until } from './poll';

/**
 * Selects a connection in the panel, by a part of its row, and a tab of its detail, and reads the names there with their
 * values, as the user does.
 * @param names what must be there: it may come a little later
 */
export async function connectionFacts(
  panel: Panel,
  row: RegExp,
  tab: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const connections = panel.getByRole('grid', { name: 'Connections' });
  await connections.getByRole('row', { name: row }).click();
  const detail = panel.getByRole('region', { name: 'Connection', exact: true });
  await detail.getByRole('tab', { name: tab, exact: true }).click();
  return await until(`${names} in ${tab}`, async () => {
    const pairs = await detail.evaluate((element) =>
      Array.from(element.querySelectorAll('dt'), (name) => [
        name.textContent.trim().toLowerCase(),
        name.nextElementSibling?.textContent.trim() ?? '',
      ]),
    );
    const facts: Record<string, string> = Object.fromEntries(pairs);
    return names.every((name) => name in facts) ? facts : undefined;
  });
}
