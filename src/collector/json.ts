/** The value of a JSON text, undefined where it is none. Whole numbers beyond 2^53 keep their digits, as text. */
export function readJson(text: string): unknown {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(bare);
    return /\d{16}/.test(bare) ? JSON.parse(quoted(bare)) : value;
  } catch {
    return undefined;
  }
}

/** A value of JSON as text for rejects; nothing where it is nested beyond what can be written. */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}

const string = 0x22;
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const numeral = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** JSON text with quotes around each whole number that a double cannot hold. */
function quoted(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === string) at = stringEnd(text, at);
    else if (!isDigit(code)) at++;
    else {
      numeral.lastIndex = at;
      const digits = numeral.exec(text)?.[0] ?? '';
      const end = at + digits.length;
      if (/^\d{16,}$/.test(digits) && !Number.isSafeInteger(Number(digits))) {
        const start = text[at - 1] === '-' ? at - 1 : at;
        parts.push(text.slice(from, start), `"${text.slice(start, end)}"`);
        from = end;
      }
      at = end;
    }
  }
  return parts.join('') + text.slice(from);
}

/** Position after the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
