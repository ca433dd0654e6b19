/** Set by the build: whether it is for a browser with V8, and not for Firefox. */
declare const __V8__: boolean;
