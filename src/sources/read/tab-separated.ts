const backslash = 0x5c;
const quote = 0x22;

/** Second byte of the engine's escape of a byte in `TabSeparated`; 0 for a byte that stands for itself. */
const escapeOf = new Uint8Array(256);
escapeOf[0x09] = 0x74;
escapeOf[0x0a] = 0x6e;
escapeOf[0x0d] = 0x72;
escapeOf[0x00] = 0x30;
escapeOf[backslash] = backslash;

/** Writes a field's bytes to `out` at `at`, escaped for `TabSeparated`, and answers where they end. */
export function writeField(source: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let o = at;
  for (let i = start; i < end; i += 1) {
    const byte = source[i] as number;
    const sign = escapeOf[byte] as number;
    if (sign !== 0) {
      out[o++] = backslash;
      out[o++] = sign;
    } else out[o++] = byte;
  }
  return o;
}

/** As `writeField`, for the inside of a quoted field: two quotes are one. */
export function writeQuotedField(source: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let o = at;
  let from = start;
  for (let i = start; i < end; i += 1) {
    if (source[i] !== quote) continue;
    o = writeField(source, from, i + 1, out, o);
    i += 1;
    from = i + 1;
  }
  return writeField(source, from, end, out, o);
}

const special = /[\t\n\r\0\\]/;
const escapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\\': '\\\\',
};

/** A text as a field of `TabSeparated`. */
export function fieldText(text: string): string {
  return special.test(text) ? text.replace(/[\t\n\r\0\\]/g, (c) => escapes[c] ?? c) : text;
}

const signs: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(escapes).map(([sign, written]) => [written, sign]),
);

/** The fields of a line of `TabSeparated`, without its line feed. */
export function lineTexts(line: string): string[] {
  return line.split('\t').map((field) => (field.includes('\\') ? field.replace(/\\./g, (c) => signs[c] ?? c) : field));
}
