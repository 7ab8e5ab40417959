/** Answers as JSON text by the tag of their question; the least used go once their bytes are too many. */
export class Memo {
  readonly #most: number;
  readonly #texts = new Map<string, string>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  get(tag: string): string | undefined {
    const text = this.#texts.get(tag);
    if (text === undefined) return undefined;
    this.#texts.delete(tag);
    this.#texts.set(tag, text);
    return text;
  }

  /** Keeps an answer, unless it alone would take a quarter of the room. */
  set(tag: string, text: string): void {
    if (this.#texts.has(tag) || sizeOf(text) > this.#most / 4) return;
    this.#texts.set(tag, text);
    this.#bytes += sizeOf(text);
    for (const [oldest, kept] of this.#texts) {
      if (this.#bytes <= this.#most) break;
      this.#texts.delete(oldest);
      this.#bytes -= sizeOf(kept);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/** Bytes of a text in memory, at most: two a unit, and what holds it. */
function sizeOf(text: string): number {
  return 2 * text.length + 200;
}
