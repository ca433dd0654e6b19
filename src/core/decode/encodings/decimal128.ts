const MAX_DIGITS = 34;
const BIAS = 6176;

/**
 * The text of a decimal number of 16 bytes, little endian, with the coefficient as a binary integer (IEEE 754-2008 §3.5.2,
 * BSON `decimal128`): `1.5`, `1E+6`, `NaN`, `-Infinity`.
 */
export function decimal128(bytes: Uint8Array): string {
  let bits = 0n;
  for (let i = 15; i >= 0; i--) bits = (bits << 8n) | BigInt(bytes[i]);
  const sign = bits >> 127n ? '-' : '';
  const combination = Number((bits >> 122n) & 0x1fn);
  if (combination === 0x1f) return 'NaN';
  if (combination === 0x1e) return `${sign}Infinity`;
  // Coefficients of the second form are larger than any that is allowed: they count as zero.
  const large = combination >> 3 === 3;
  const exponent = Number((bits >> (large ? 111n : 113n)) & 0x3fffn) - BIAS;
  const coefficient = large ? 0n : bits & ((1n << 113n) - 1n);
  const text = coefficient.toString();
  const digits = text.length > MAX_DIGITS ? '0' : text;
  return sign + placed(digits, exponent);
}

/** As the specification of General Decimal Arithmetic prints numbers. */
function placed(digits: string, exponent: number): string {
  const scientific = exponent + digits.length - 1;
  if (exponent > 0 || scientific < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${digits[0]}${fraction}E${scientific < 0 ? '' : '+'}${scientific}`;
  }
  if (exponent === 0) return digits;
  const padded = digits.padStart(1 - exponent, '0');
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
