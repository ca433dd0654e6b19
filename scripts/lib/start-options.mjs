import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm start -- [options]

  --browser chromium|firefox   the browser to open (default: chromium)
  --headless                   without windows: prints what the panel counts, writes a screenshot
  --once                       headless for a few seconds; fails unless frames were recorded
  --rate N                     trades a second of the demo's ticker, 1 to 10,000
  --no-build                   takes dist/ as it is

FRAMESCOPE_CHROMIUM and FRAMESCOPE_FIREFOX name the browser's program.`;

/** Whether windows can be shown here. */
export function hasDisplay(platform = process.platform, env = process.env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The options of `npm start`. Throws where they are not understood. */
export function startOptions(args, display = hasDisplay()) {
  const { values } = parseArgs({
    args,
    options: {
      browser: { type: 'string', default: 'chromium' },
      headless: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      rate: { type: 'string' },
      build: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  if (!['chromium', 'firefox'].includes(values.browser))
    throw new Error(`--browser is chromium or firefox, not ${values.browser}`);
  const rate = values.rate === undefined ? undefined : Number(values.rate);
  if (rate !== undefined && !(rate >= 1 && rate <= 10_000)) throw new Error(`--rate is 1 to 10000, not ${values.rate}`);
  return { ...values, rate, headless: values.headless || values.once || !display };
}
