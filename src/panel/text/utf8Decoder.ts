/**
 * A decoder of UTF-8 that keeps a leading byte order mark: it is part of the message, and is sent again with it.
 * @param fatal whether it throws at what is not UTF-8; else that becomes U+FFFD
 */
export function utf8Decoder(fatal = false): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal });
}
