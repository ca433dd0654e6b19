/** Longer messages carry something, in UTF-16 units. */
const LONGEST = 256;
/** What is so short, and no word, says nothing but that somebody is there: `2`, `h`, `#1`, an empty message. */
const SHORT = 3;
/** Not those of typing, shopping or mapping. */
const WORDS =
  /(?<![A-Za-z])(ping|Ping|PING|pong|Pong|PONG)(?![a-z])|(?<=[a-z])(Ping|Pong)(?![a-z])|[Hh]eart.?[Bb]eat|HEART.?BEAT|[Kk]eep.?[Aa]live|KEEP.?ALIVE|"hb"|^hb$|"phoenix"/;
/** What each of them has: most messages have none of these, and are told at once. */
const MAYBE = /[iIoO](?:ng|NG)|[bB](?:eat|EAT)|[aA](?:live|LIVE)|hb|phoenix/;
/** Of protocols without such a word: SignalR, GraphQL over `graphql-ws` before 2021, AMQP, and gateways like Discord's. */
const KNOWN = new Set(['{"type":6}\x1e', '{"type":"ka"}', '\b\0\0\0\0\0\0\xce', '{"op":1,"d":null}']);
const GATEWAY = /^\{"op":1,"d":\d+\}$/;

/** Whether a message, binary as Latin-1, looks like one that only says that somebody is there. */
export function isBeat(content: string): boolean {
  if (content.length > LONGEST) return false;
  if (content.length <= SHORT && !/[A-Za-z]{2}|\d{2}/.test(content)) return true;
  return KNOWN.has(content) || GATEWAY.test(content) || (MAYBE.test(content) && WORDS.test(content));
}

/** What of a beat stays the same each time, as a term of a filter. */
export function termOfBeat(content: string): string {
  const word = WORDS.exec(content)?.[0];
  if (word) return word.replaceAll('"', '');
  return content === '' ? 'size:0' : `size:${new TextEncoder().encode(content).length}`;
}
