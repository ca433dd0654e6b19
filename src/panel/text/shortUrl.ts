import { visibleLine } from './visibleText';

/** Host and path of a URL, as short as it stays telling, with symbols for what would not be seen. */
export function shortUrl(url: string): string {
  const match = /^wss?:\/\/([^/?#]*)([^?#]*)/i.exec(url);
  return visibleLine(match ? match[1] + (match[2] === '/' ? '' : match[2]) : url).text;
}
