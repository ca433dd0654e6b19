/**
 * What keeps a build from being packaged, or undefined.
 *
 * @param {string} version of package.json
 * @param {{version?: string, icons?: Record<string, string>}} manifest of the build
 * @param {string[]} files of the build, paths with slashes
 */
export function packageProblem(version, manifest, files) {
  if (manifest.version !== version) {
    return `the manifest has version ${manifest.version}, package.json has ${version}; make them equal`;
  }
  const missing = Object.values(manifest.icons ?? {}).find((icon) => !files.includes(icon));
  if (missing) return `${missing} is named in the manifest and missing`;
  const stray = files.find((file) => file.endsWith('.map') || file.endsWith('.ts') || file.includes('/.'));
  return stray ? `${stray} does not belong into a package` : undefined;
}
