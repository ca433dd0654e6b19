import type { BrowserSession, PageHandle } from './driver';
import { converse } from './page-sockets';
import { whenFrames } from './recorded';
import { whenSessionStored } from './stored';

/** Has DevTools of a tab record a conversation with an echoing server until all of it is on disk, and closes them. */
export async function recordSession(
  session: BrowserSession,
  tab: PageHandle,
  { url, texts }: { url: string; texts: string[] },
): Promise<void> {
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  const frames = 1 + 2 * texts.length;
  await tab.evaluate(converse, { url, texts });
  await whenFrames(panel, frames);
  await whenSessionStored(panel, frames);
  await devtools.close();
}
