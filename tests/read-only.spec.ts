import { expect, test } from '../src/testing/fixtures';
import { whenSaid } from '../src/testing/frame-rows';
import { converse } from '../src/testing/page-sockets';
import { recordSession } from '../src/testing/record-session';
import { whenRows } from '../src/testing/when-rows';

test('an earlier session cannot be sent from or cleared, also while its page is still connected @both', async ({
  session,
  tab,
  demo,
}) => {
  await recordSession(session, tab, { url: `${demo.wsUrl}/echo`, texts: ['yesterday'] });
  await tab.goto(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['today', 'now'] });
  await whenRows(panel, 5);
  const compose = panel.getByRole('region', { name: 'Compose', exact: true });
  await compose.waitFor();

  await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
  const row = panel
    .getByRole('grid', { name: 'Sessions' })
    .getByRole('row', { name: /127\.0\.0\.1.* 3 / })
    .first();
  await row.getByRole('button', { name: 'Open' }).click();
  await whenSaid(panel, [/.*/, 'yesterday', 'yesterday']);
  const frames = panel.getByRole('grid', { name: 'Frames' });
  await frames.getByRole('row', { name: 'yesterday' }).first().click();
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByRole('button', { name: 'Replay', exact: true }).waitFor();
  expect(await frame.getByRole('button', { name: 'Replay', exact: true }).isEnabled()).toBe(false);
  expect(await frame.getByRole('button', { name: 'Edit and send', exact: true }).isEnabled()).toBe(false);
  expect(await panel.getByRole('button', { name: 'Clear', exact: true }).isEnabled()).toBe(false);
  expect(await compose.count()).toBe(0);

  const item = (name: RegExp) => panel.getByRole('menuitem', { name });
  const disabled = (name: RegExp) => item(name).getAttribute('aria-disabled');
  await frames.getByRole('row', { name: 'yesterday' }).first().click({ button: 'right' });
  await item(/^Clear/).waitFor();
  for (const name of [/^Replay/, /^Edit and send/, /^Clear/]) expect(await disabled(name)).toBe('true');
  await panel.press('Escape');
  await panel.getByRole('grid', { name: 'Connections' }).getByRole('row', { name: /echo/ }).click({ button: 'right' });
  await item(/^Close the connection/).waitFor();
  for (const name of [/^Compose/, /^Close the connection/]) expect(await disabled(name)).toBe('true');
  await panel.press('Escape');

  // Neither do its keys clear anything.
  await frames.getByRole('row', { name: 'yesterday' }).first().click();
  await panel.press('Control+k');
  await panel.getByRole('button', { name: 'Back to live' }).click();
  await whenSaid(panel, [/.*/, 'today', 'now', 'today', 'now']);
  await compose.waitFor();
});
