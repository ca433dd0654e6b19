// Runs before anything else and on any Node that knows modules, so: no syntax newer than ES2019 here.

/** Whether this Node can run the tools: 20.19 or later of 20, 22.12 or later of 22, or anything newer. */
export function isNodeSupported(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}

/** Ends the process with a message where Node is too old. */
export function requireNode(version = process.version) {
  if (isNodeSupported(version)) return;
  console.error(
    `Framescope needs Node 20.19 or later (or 22.12 or later); this is ${version}. See https://nodejs.org.`,
  );
  process.exit(1);
}
