/** Adds to package-lock.json the native packages of other systems that this machine's registry does not have. */
import { readFileSync, writeFileSync } from 'node:fs';
import { completeLock, missingOptional } from './lib/lock-file.mjs';
import { root } from './lib/run.mjs';

const file = `${root}/package-lock.json`;
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = missingOptional(lock);
if (missing.length > 0) writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
console.log(`${missing.length} packages added to package-lock.json`);
