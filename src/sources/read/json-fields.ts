const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const scalar = /[^,\]}\s]+/y;

/**
 * Fields of a line that holds a JSON object, as text: strings as they are, numbers as written in the source (a
 * 19-digit id keeps its digits), `null` as nothing, a list of scalars joined by `|`, an object within as its JSON text.
 * Nothing for a line that holds no object.
 */
export function jsonFields(line: string): Map<string, string> | undefined {
  if (!isObject(line)) return undefined;
  const reader = new Reader(line);
  const fields = new Map<string, string>();
  reader.skip('{');
  while (!reader.meets('}')) {
    const key = reader.take(string);
    reader.skip(':');
    fields.set(plain(key), reader.value());
    reader.meets(',');
  }
  return fields;
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Text of a scalar's token. */
function plain(token: string): string {
  if (token === 'null') return '';
  if (!token.startsWith('"')) return token;
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}

/** Walks the text of a line already known to be JSON. */
class Reader {
  private readonly line: string;
  private at = 0;

  constructor(line: string) {
    this.line = line;
    this.take(space);
  }

  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.line)?.[0] ?? '';
    this.at += token.length;
    return token;
  }

  /** Steps over a mark and the space around it, if it stands here. */
  meets(mark: string): boolean {
    this.take(space);
    if (this.line[this.at] !== mark) return false;
    this.at += 1;
    this.take(space);
    return true;
  }

  skip(mark: string): void {
    this.meets(mark);
  }

  value(): string {
    const first = this.line[this.at];
    if (first === '{') return this.nested();
    if (first === '[') return this.list();
    return plain(this.take(first === '"' ? string : scalar));
  }

  /** A list's scalars joined by `|`; a list that holds more than scalars as its JSON text. */
  private list(): string {
    const text = this.nested();
    const inner = new Reader(text);
    const parts: string[] = [];
    inner.skip('[');
    while (!inner.meets(']')) {
      const first = inner.line[inner.at];
      if (first === '{' || first === '[') return text;
      parts.push(inner.value());
      inner.meets(',');
    }
    return parts.join('|');
  }

  /** JSON text of the object or list that starts here. */
  private nested(): string {
    const start = this.at;
    let depth = 0;
    do {
      const c = this.line[this.at];
      if (c === '"') {
        this.take(string);
        continue;
      }
      if (c === '{' || c === '[') depth += 1;
      if (c === '}' || c === ']') depth -= 1;
      this.at += 1;
    } while (depth > 0);
    return this.line.slice(start, this.at);
  }
}
