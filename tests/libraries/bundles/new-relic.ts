export { BrowserAgent } from '@newrelic/browser-agent/loaders/browser-agent';
