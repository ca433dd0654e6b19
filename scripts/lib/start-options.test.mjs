import { describe, expect, it } from 'vitest';
import { hasDisplay, startOptions } from './start-options.mjs';

describe('startOptions', () => {
  it('opens Chromium in a window where there is a display', () => {
    expect(startOptions([], true)).toMatchObject({ browser: 'chromium', headless: false, once: false, build: true });
  });

  it('is headless without a display, when asked, and for --once', () => {
    expect(startOptions([], false).headless).toBe(true);
    expect(startOptions(['--headless'], true).headless).toBe(true);
    expect(startOptions(['--once'], true).headless).toBe(true);
  });

  it('reads the rest', () => {
    const options = startOptions(['--browser', 'firefox', '--rate=2000', '--no-build'], true);
    expect(options).toMatchObject({ browser: 'firefox', rate: 2000, build: false });
  });

  it.each([[['--browser=safari']], [['--rate=0']], [['--rate=many']], [['--unknown']]])('refuses %o', (args) => {
    expect(() => startOptions(args, true)).toThrow();
  });
});

it('hasDisplay', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});
