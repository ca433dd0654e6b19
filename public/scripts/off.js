// Registered for the sites on which the user switched Framescope off. It runs in the content script's world, before the
// page's first script, and before or after the content script itself: see src/content/content.iife.ts.
globalThis.framescopeOff?.();
globalThis.framescopeIsOff = true;
