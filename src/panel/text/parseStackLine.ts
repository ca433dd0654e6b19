/** A call of a stack, as far as it names a place. Lines and columns count from 1. */
export interface StackLine {
  name: string;
  url: string;
  line: number;
  column: number;
}

/** Reads one line of a stack as Chromium (`at f (url:1:2)`) or Firefox (`f@url:1:2`) prints it; `null` if it names no place. */
export function parseStackLine(text: string): StackLine | null {
  const match = /^\s*(?:at\s+)?(?:(.*?)(?:\s+\(|@))?([a-z-]+:\/\/[^\s()]*?):(\d+):(\d+)\)?\s*$/i.exec(text);
  return match && { name: match[1] ?? '', url: match[2], line: Number(match[3]), column: Number(match[4]) };
}
