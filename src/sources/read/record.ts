const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** In place of an offset: the quote never closes; the text ends too early to say. */
const unclosed = -1;
const unknown = -2;

/** Bytes in which the second quote of a field must come; what has none by then was no quoted field. */
export const quoteReach = 1 << 20;

/** What stands at one place of a text: a record, a line whose quotes never close, or too little to say. */
export type Found = 'record' | 'unclosed' | 'incomplete';

/**
 * Reads records of delimited text one at a time by RFC 4180: a quote opens only at the start of a field and closes only
 * before a delimiter or the end of a line; two quotes within are one; line breaks within belong to the field.
 */
export class RecordScanner {
  /** Offset after the line feed of the record or line last found. */
  end = 0;
  /** Offset of its line feed, or of the carriage return before it. */
  textEnd = 0;
  /** Its number of fields, however many. */
  fields = 0;
  /** Lines of the file it takes. */
  lines = 0;
  /** Start and end of each field, and 1 where it is quoted: three numbers a field. */
  spans: Int32Array;
  private readonly text: Uint8Array;
  private readonly delimiter: number;
  private readonly whole: boolean;

  /** `whole` when no more text follows; the text must then end in a line feed. */
  constructor(text: Uint8Array, delimiter: string, whole: boolean) {
    this.text = text;
    this.delimiter = delimiter.charCodeAt(0);
    this.whole = whole;
    this.spans = new Int32Array(64 * 3);
  }

  /** Finds the record that starts at `at`. */
  find(at: number): Found {
    this.fields = 0;
    this.lines = 1;
    const { text, delimiter } = this;
    for (let i = at; ; i += 1) {
      const stop = text[i] === quote ? this.quotedField(i) : this.plainField(i);
      if (stop === unclosed) return this.lineOf(i);
      if (stop === unknown) return 'incomplete';
      i = stop;
      if (text[i] !== delimiter) return this.close(at, i);
    }
  }

  /** The record last found, field by field, as text. */
  texts(): string[] {
    const view = Buffer.from(this.text.buffer, this.text.byteOffset, this.text.length);
    return Array.from({ length: this.fields }, (_, f) => {
      const text = view.toString('utf8', this.spans[f * 3], this.spans[f * 3 + 1]);
      return this.spans[f * 3 + 2] === 1 ? text.replaceAll('""', '"') : text;
    });
  }

  /** Keeps the field that starts at `from` and answers where it ends. */
  private plainField(from: number): number {
    const { text, delimiter } = this;
    let i = from;
    while (i < text.length && text[i] !== delimiter && text[i] !== lineFeed) i += 1;
    if (i === text.length) return unknown;
    const returns = text[i] === lineFeed && i > from && text[i - 1] === carriageReturn;
    this.keep(from, returns ? i - 1 : i, 0);
    return i;
  }

  /** As `plainField`, for a field whose quote opens at `from`; may be `unclosed`. */
  private quotedField(from: number): number {
    const close = this.closingQuote(from + 1);
    if (close < 0) return close;
    this.keep(from + 1, close, 1);
    return this.text[close + 1] === carriageReturn ? close + 2 : close + 1;
  }

  /** Where the field's quote closes, `unclosed` where it never does, `unknown` where the text ends before that. */
  private closingQuote(from: number): number {
    const { text, delimiter, whole } = this;
    const reach = Math.min(text.length, from + quoteReach);
    let lines = 0;
    for (let i = from; i < reach; i += 1) {
      const byte = text[i];
      if (byte === lineFeed) lines += 1;
      if (byte !== quote) continue;
      const next = text[i + 1];
      if (next === quote) {
        i += 1;
        continue;
      }
      if (i + 1 === text.length || (next === carriageReturn && i + 2 === text.length))
        return whole ? unclosed : unknown;
      this.lines += lines;
      const ends = next === delimiter || next === lineFeed || (next === carriageReturn && text[i + 2] === lineFeed);
      return ends ? i : unclosed;
    }
    return reach < from + quoteReach && !whole ? unknown : unclosed;
  }

  private keep(start: number, end: number, quoted: number): void {
    const at = this.fields * 3;
    if (at === this.spans.length) {
      const wider = new Int32Array(at * 2);
      wider.set(this.spans);
      this.spans = wider;
    }
    this.spans[at] = start;
    this.spans[at + 1] = end;
    this.spans[at + 2] = quoted;
    this.fields += 1;
  }

  private close(start: number, lineFeedAt: number): Found {
    this.end = lineFeedAt + 1;
    this.textEnd = lineFeedAt > start && this.text[lineFeedAt - 1] === carriageReturn ? lineFeedAt - 1 : lineFeedAt;
    return 'record';
  }

  /** The rest of the line on which a quote that never closes opens. */
  private lineOf(quoteAt: number): Found {
    const lineFeedAt = this.text.indexOf(lineFeed, quoteAt);
    if (lineFeedAt === -1) return 'incomplete';
    this.close(quoteAt, lineFeedAt);
    return 'unclosed';
  }
}
