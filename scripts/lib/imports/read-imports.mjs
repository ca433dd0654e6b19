import { parseSync } from 'vite';

/**
 * The imports of a module, re-exports and `import('…')` of a literal included.
 *
 * @param {string} file its name, which says the language
 * @param {string} source
 * @returns {{specifier: string, typeOnly: boolean}[]} `typeOnly`: nothing of it is left when it runs
 * @throws where the source does not parse
 */
export function readImports(file, source) {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const statics = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .filter(({ moduleRequest }) => moduleRequest)
    .map(({ moduleRequest, isType }) => ({ specifier: moduleRequest.value, typeOnly: isType }));
  const dynamic = module.dynamicImports
    .map(({ moduleRequest: { start, end } }) => /^(['"`])([^'"`$]+)\1$/.exec(source.slice(start, end))?.[2])
    .filter((specifier) => specifier !== undefined)
    .map((specifier) => ({ specifier, typeOnly: false }));
  return [...statics, ...exported, ...dynamic];
}
