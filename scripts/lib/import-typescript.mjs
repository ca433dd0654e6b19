let registered = false;

/** Imports a module written in TypeScript. The dependencies must be installed. @param {URL} url */
export async function importTypeScript(url) {
  if (!registered) {
    const { register } = await import('tsx/esm/api');
    register();
    registered = true;
  }
  return import(url.href);
}
