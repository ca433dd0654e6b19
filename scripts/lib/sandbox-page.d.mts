import type { Plugin } from 'vite';

export function sandboxPage(
  manifest: { sandbox: { pages: string[] }; content_security_policy: { sandbox: string } },
  named: boolean,
): Plugin;
