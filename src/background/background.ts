import browser, { type Runtime } from 'webextension-polyfill';
import { isTabQuestion, type TabFacts } from '../core/messages/background';
import { isLeft, LeftPort } from '../core/messages/left';
import { isHere, PORT_NAME } from '../core/messages/port';
import { applyOff, parseOffSettings, type Scripting } from '../core/sites/offScript';
import { type PairedPort, Pairing } from './pairing';
import { stayOff } from './stayOff';

const pairing = new Pairing(Date.now());
stayOff();

browser.runtime.onConnect.addListener((port) => {
  const paired = port as unknown as PairedPort;
  const tab = Pairing.tabOf(paired);
  if (tab !== null) {
    pairing.addRecorder(tab, paired);
    // Fails where no document of the tab has a content script, which is then nothing to ask.
    browser.tabs.sendMessage(tab, { framescope: 'where' }).catch(() => undefined);
  } else if (port.name === PORT_NAME && port.sender?.tab?.id !== undefined) {
    pairing.addDocument(port.sender.tab.id, port.sender.frameId ?? 0, paired);
  }
});

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  const off = parseOffSettings(message);
  if (off) return applyOff(off, browser.scripting as unknown as Scripting);
  if (isTabQuestion(message)) return factsOf(message.tabId);
  if (sender.tab?.id === undefined) return undefined;
  if (isLeft(message)) pairing.addLeft(sender.tab.id, sender.frameId ?? 0, new LeftPort(message.messages), Date.now());
  if (!isHere(message)) return undefined;
  return Promise.resolve(pairing.answer(sender.tab.id, sender.frameId ?? 0, message.again, Date.now()));
});

async function factsOf(tabId: number): Promise<TabFacts> {
  const { incognito } = await browser.tabs.get(tabId);
  return { incognito, access: await browser.permissions.contains({ origins: ['<all_urls>'] }) };
}
