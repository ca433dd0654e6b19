/** What a new function begins with: it works on any message, and shows what there is. */
export const EXAMPLE = `// Called with each message; the result is shown as a tree.
// frame.bytes: Uint8Array, frame.text: string, or null of a binary message,
// frame.direction: 'sent' or 'received', frame.url, frame.subprotocol
function decode(frame) {
  if (frame.text !== null) {
    return { length: frame.text.length, words: frame.text.match(/\\w+/g) ?? [] };
  }
  const { buffer, byteOffset, byteLength } = frame.bytes;
  const view = new DataView(buffer, byteOffset, byteLength);
  return {
    // Any value: objects, arrays, Map, Date, BigInt, Uint8Array, ...
    value: {
      first: byteLength > 1 ? view.getUint16(0) : null,
      rest: frame.bytes.subarray(2),
    },
    // If wanted: a line for the row, and a kind of message.
    summary: \`\${byteLength} bytes\`,
    kind: 'binary',
  };
}
`;
