export { WebsocketProvider } from 'y-websocket';
export * as Y from 'yjs';
