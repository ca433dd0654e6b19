const PARTS = ['static', 'unit', 'e2e'];

/**
 * What `npm test` is to run: `--static`, `--unit`, `--e2e` choose parts (none: all). Everything else goes to the test
 * runner, where exactly one is chosen. Throws where that is not so.
 */
export function testOptions(args) {
  const chosen = PARTS.filter((part) => args.includes(`--${part}`));
  const rest = args.filter((arg) => !PARTS.some((part) => arg === `--${part}`));
  const runners = chosen.filter((part) => part !== 'static');
  if (rest.length > 0 && runners.length !== 1) {
    throw new Error(`${rest.join(' ')}: choose --unit or --e2e for the runner that is to get this.`);
  }
  return { parts: new Set(chosen.length > 0 ? chosen : PARTS), rest };
}
