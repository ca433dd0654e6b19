import { beatFrom } from './beat.js';

beatFrom('module-worker', (text) => postMessage(text));
