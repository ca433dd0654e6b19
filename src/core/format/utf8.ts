/**
 * Whether the bytes are well-formed UTF-8 (Unicode 15 §3.9, table 3-7): no overlong forms, no surrogates,
 * nothing above U+10FFFF. Decoding such bytes and encoding the text again gives the same bytes.
 */
export function isUtf8(bytes: Uint8Array): boolean {
  const end = bytes.length;
  let i = 0;
  while (i < end) {
    const lead = bytes[i];
    if (lead < 0x80) {
      i++;
      continue;
    }
    const more =
      lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    if (more === 0 || i + more >= end) return false;
    const second = bytes[i + 1];
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return false;
    for (let k = 2; k <= more; k++) {
      if ((bytes[i + k] & 0xc0) !== 0x80) return false;
    }
    i += more + 1;
  }
  return true;
}
