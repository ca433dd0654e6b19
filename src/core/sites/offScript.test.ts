import { expect, it } from 'vitest';
import { applyOff, type OffScript, offScript } from './offScript';

it('is nowhere off by default', () => {
  expect(offScript({ paused: false, disabledSites: [] })).toBe(null);
});

it('is off on the hosts that were named, whatever their port', () => {
  const script = offScript({
    paused: false,
    disabledSites: ['a.example:8080', 'a.example', '[::1]:3000', 'not a host'],
  });
  expect(script?.matches).toEqual(['*://a.example/*', '*://[::1]/*']);
});

it('is off everywhere while paused', () => {
  expect(offScript({ paused: true, disabledSites: ['a.example'] })?.matches).toEqual(['<all_urls>']);
});

it('replaces what is registered', async () => {
  let registered: OffScript[] = [];
  const scripting = {
    getRegisteredContentScripts: async () => registered,
    registerContentScripts: async (scripts: OffScript[]) => {
      if (registered.length > 0) throw new Error('Duplicate script ID');
      registered = scripts;
    },
    unregisterContentScripts: async () => {
      registered = [];
    },
  };
  await applyOff({ paused: true, disabledSites: [] }, scripting);
  await applyOff({ paused: false, disabledSites: ['a.example'] }, scripting);
  expect(registered.map((script) => script.matches)).toEqual([['*://a.example/*']]);
  await applyOff({ paused: false, disabledSites: [] }, scripting);
  expect(registered).toEqual([]);
});
