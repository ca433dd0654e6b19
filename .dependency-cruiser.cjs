/** Imports go one way: core <- page | content | background | devtools | store | panel. */
const worlds = ['page', 'content', 'background', 'devtools', 'store', 'panel'];
const onlyCore = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `src/${name} imports nothing of the project but ${allowed.join(', ')} and itself`,
  severity: 'error',
  from: { path: `^src/${name}/`, pathNot: '\\.test\\.tsx?$|/testing/' },
  to: { path: '^(src|demo|tests|bench)/', pathNot: [`^src/${name}/`, ...allowed.map((folder) => `^src/${folder}/`)] },
});

module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core imports nothing of the browser, of Node, or of the other folders',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.test\\.ts$|/testing/' },
      to: {
        path: '^(src/(?!core/)|demo/|tests/|bench/)|webextension-polyfill|node_modules/(preact|idb)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'core-no-node',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { dependencyTypes: ['core'] },
    },
    ...worlds.map((world) => onlyCore(world, world === 'devtools' ? ['core'] : ['core'])),
    {
      name: 'page-without-libraries',
      comment: 'the page script is small and uses nothing but core',
      severity: 'error',
      from: { path: '^src/page/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { path: '\\.test\\.tsx?$|/testing/|^tests/|^bench/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
