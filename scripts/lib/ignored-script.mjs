/** One source for all of the script, which is not of those who debug the page. */
const MAP = { version: 3, sources: ['framescope.js'], mappings: 'AAAA', ignoreList: [0] };

/**
 * Vite plugin: the source map of a script that runs in the page's own world says that it is to be ignored. Chromium's DevTools then
 * leaves it out where it says who did something, such as opening a connection that failed, and steps over it.
 * @param {string} name of the script in the build
 */
export function ignoredScript(name) {
  return {
    name: 'framescope:ignored-script',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, files) {
        const file = files[name];
        if (!file) throw new Error(`The build has no ${name}`);
        // No quotes may stand in such a comment.
        file.source = `${file.source.trimEnd()}\n//# sourceMappingURL=data:application/json,${encodeURI(JSON.stringify(MAP))}\n`;
      },
    },
  };
}
