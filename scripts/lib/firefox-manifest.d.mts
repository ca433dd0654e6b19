export function firefoxManifest(manifest: Record<string, unknown>): Record<string, unknown>;
