import type { PageAnswer, PageCommand, PageResult, ToPage } from '../core/messages/page';

/** @returns the command as the page script takes it, which is kept free of what can be done here */
export function toPage(command: PageCommand): ToPage {
  switch (command.type) {
    case 'send': {
      const { id, connection, text, base64 } = command;
      const bytes = base64 === null ? null : Array.from(atob(base64), (character) => character.charCodeAt(0));
      return { type: 'act', name: 'send', id, connection, args: [text], bytes };
    }
    case 'open': {
      const { id, url, protocols } = command;
      // A single one as a string: lists are not looked into in the page.
      const args = protocols.length > 1 ? [url, protocols] : [url, ...protocols];
      return { type: 'act', name: 'open', id, connection: 0, args, bytes: null };
    }
    case 'close': {
      const { id, connection, code, reason } = command;
      return { type: 'act', name: 'close', id, connection, args: code === 0 ? [] : [code, reason], bytes: null };
    }
    default:
      return command;
  }
}

const STATES = ['still connecting', 'open', 'closing', 'closed'];
const OPEN = 1;

/** @returns what became of an action, in words for the user */
export function toResult({ id, name, error, connection, state }: PageAnswer): PageResult {
  const closed = error === null && (state < 0 || (name === 'send' && state > OPEN));
  let text = error;
  if (state < 0) text ??= 'The connection is closed, or the page let go of it';
  else if (name === 'send' && state !== OPEN) text ??= `The connection is ${STATES[state]}`;
  return { type: 'result', id, error: text, closed, connection: text === null ? connection : null };
}
