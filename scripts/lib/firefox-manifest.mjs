/**
 * The manifest for Firefox: the same extension, with what Firefox lacks or names otherwise.
 * @param {Record<string, unknown>} manifest the one for Chromium
 */
export function firefoxManifest(manifest) {
  // A frame with the attribute `sandbox` has no origin there, and so not the policy of the extension: it needs no key.
  const { minimum_chrome_version, message_serialization, incognito, sandbox, content_security_policy, ...common } =
    manifest;
  return {
    ...common,
    background: { scripts: ['src/background/background.ts'], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: 'framescope@framescope.dev',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
      // Without DevTools there is nothing to do there; the lint wants a version all the same.
      gecko_android: { strict_min_version: '142.0' },
    },
  };
}
