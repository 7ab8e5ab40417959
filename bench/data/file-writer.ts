import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

const SIZE = 4 << 20;
const LONGEST_FIELD = 64;
const ZERO = 48;

/** A file of text written field by field through one buffer: memory does not grow with the file. */
export class FileWriter {
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(SIZE);
  #at = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** A short ASCII text. */
  text(text: string): void {
    if (this.#at > SIZE - LONGEST_FIELD) this.#flush();
    this.#at += this.#buffer.write(text, this.#at, 'latin1');
  }

  /** A whole number from 0, below 2^53. */
  number(value: number): void {
    if (this.#at > SIZE - LONGEST_FIELD) this.#flush();
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
    let rest = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at -= 1) {
      const next = Math.floor(rest / 10);
      this.#buffer[at] = ZERO + rest - next * 10;
      rest = next;
    }
    this.#at += digits;
  }

  /** On disk when it returns. */
  close(): void {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #flush(): void {
    for (let done = 0; done < this.#at; ) done += writeSync(this.#file, this.#buffer, done, this.#at - done);
    this.#at = 0;
  }
}
