import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

const ENDINGS = ['', '.ts', '.tsx', '.mjs', '.js', '.d.ts', '.d.mts', '/index.ts', '/index.tsx'];

/**
 * What an import means: a file of the project, a built-in module of Node, or a package; or nothing.
 *
 * @param {string} from path of the importing file in the project, with slashes
 * @param {string} specifier
 * @param {(path: string) => boolean} isFile of the project
 * @param {(name: string) => boolean} isPackage that is installed
 * @returns {{kind: 'file' | 'node' | 'package' | 'none', path: string}}
 */
export function resolveImport(from, specifier, isFile, isPackage) {
  const name = specifier.split('?')[0];
  if (name.startsWith('.')) {
    const target = posix.join(posix.dirname(from), name);
    const path = ENDINGS.map((ending) => target + ending).find(isFile);
    return path ? { kind: 'file', path } : { kind: 'none', path: target };
  }
  if (isBuiltin(name)) return { kind: 'node', path: name };
  const parts = name.split('/');
  const packageName = parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
  return { kind: isPackage(packageName) ? 'package' : 'none', path: packageName };
}
