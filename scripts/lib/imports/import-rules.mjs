/** Worlds that run apart from each other and share nothing but `core`; they talk in messages. */
const WORLDS = ['page', 'content', 'background', 'devtools', 'store', 'sandbox', 'panel'];

const isTest = (path) => /\.test\.[a-z]+$/.test(path) || /(^|\/)testing(\/|-)/.test(path);
const isProduct = (path) => path.startsWith('src/') && !isTest(path);
const isIn = (folder, path) => path.startsWith(`src/${folder}/`);

/** Packages that touch the browser. */
const BROWSER_PACKAGES = ['webextension-polyfill', 'preact', '@preact/signals', 'idb'];

/**
 * The rules for each import, as {name, why, breaks}; `breaks` is given the importing file, and the import as
 * {kind, path, typeOnly}. Cycles are another matter: see `findCycle`.
 */
export const IMPORT_RULES = [
  {
    name: 'resolvable',
    why: 'every import means a file of the project, an installed package or a module of Node',
    breaks: (_from, to) => to.kind === 'none',
  },
  {
    name: 'core-is-pure',
    why: 'core imports nothing of the browser and nothing of the other folders, but types',
    breaks: (from, to) =>
      isIn('core', from) &&
      !isTest(from) &&
      !to.typeOnly &&
      (to.kind === 'file' ? !isIn('core', to.path) : BROWSER_PACKAGES.includes(to.path)),
  },
  {
    name: 'product-without-node',
    why: 'the extension runs in a browser',
    breaks: (from, to) => isProduct(from) && to.kind === 'node',
  },
  {
    name: 'worlds-import-core',
    why: `${WORLDS.join(', ')} import nothing of the project but core and themselves`,
    breaks: (from, to) =>
      isProduct(from) &&
      to.kind === 'file' &&
      /^(src|demo|tests|bench)\//.test(to.path) &&
      WORLDS.some((world) => isIn(world, from) && !isIn(world, to.path) && !isIn('core', to.path)),
  },
  {
    name: 'page-without-libraries',
    why: 'what runs in every page is small: it uses nothing but core',
    breaks: (from, to) => isProduct(from) && (isIn('page', from) || isIn('content', from)) && to.kind === 'package',
  },
  {
    name: 'no-tests-in-product',
    why: 'the extension imports no test, no demo and no benchmark',
    breaks: (from, to) =>
      isProduct(from) && to.kind === 'file' && (isTest(to.path) || /^(tests|bench|demo)\//.test(to.path)),
  },
];
