const SYSTEMS = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony', 'netbsd', 'openbsd', 'sunos', 'aix'];
const PROCESSORS = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];

/** The path in the lock file of what `name` means to the package at `path`, or undefined where it is not locked. */
function lockedPath(packages, path, name) {
  for (let base = path; ; base = base.slice(0, base.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const candidate = `${base ? `${base}/` : ''}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (!base) return undefined;
  }
}

/**
 * The optional dependencies that a lock file does not have. npm leaves out what its registry does not have, such as a
 * mirror for one system only; `npm ci` then refuses the lock file.
 *
 * @param lock the parsed package-lock.json
 * @returns {{path: string, name: string, version: string}[]} `path` of the package that names it
 */
export function missingOptional(lock) {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !lockedPath(lock.packages, path, name))
      .map(([name, version]) => ({ path, name, version })),
  );
}

/**
 * The entry that stands for a native package of another system, by its name: `@biomejs/cli-darwin-arm64`.
 *
 * @throws where its name or version does not say what it is for
 */
export function nativeEntry({ name, version }, parent) {
  const words = name.split('/').at(-1).split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`${name}@${version}: add it to the lock file by hand`);
  const libc = /musl/.test(name) ? ['musl'] : /gnu/.test(name) ? ['glibc'] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(os === 'linux' && libc ? { libc } : {}),
    optional: true,
    os: [os],
  };
}

/** The lock file with an entry for every optional dependency, in npm's order. */
export function completeLock(lock) {
  const added = missingOptional(lock).map((missing) => [
    `node_modules/${missing.name}`,
    nativeEntry(missing, lock.packages[missing.path]),
  ]);
  const packages = [...Object.entries(lock.packages), ...added].sort(([one], [other]) =>
    one.localeCompare(other, 'en'),
  );
  return { ...lock, packages: Object.fromEntries(packages) };
}
