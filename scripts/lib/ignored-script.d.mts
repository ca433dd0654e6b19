import type { Plugin } from 'vite';

export function ignoredScript(name: string): Plugin;
