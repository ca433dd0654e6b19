import { startDemo } from './server';

const portArgument = process.argv.find((argument) => argument.startsWith('--port='));
const demo = await startDemo({ port: Number(portArgument?.slice('--port='.length) ?? process.env.PORT ?? 8080) });
console.log(`The Framescope demo is at ${demo.url} (and, as another origin, at ${demo.localhostUrl}).`);
process.once('SIGINT', () => demo.close());
process.once('SIGTERM', () => demo.close());
