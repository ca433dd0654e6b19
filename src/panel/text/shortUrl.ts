import { visibleLine } from './visibleText';

/** Path and query of a URL, or its host where there is no path: what tells one connection of a page from another. */
export function shortUrl(url: string): string {
  const match = /^wss?:\/\/([^/?#]*)([^#]*)/i.exec(url);
  const name = !match ? url : match[2] === '' || match[2] === '/' ? match[1] : match[2];
  return visibleLine(name).text;
}
