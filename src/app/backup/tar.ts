/** A file of an archive: its name and how many bytes of it follow. */
export interface Entry {
  readonly name: string;
  readonly size: number;
}

const BLOCK = 512;
const NAME = 100;
const PREFIX = 155;

/** Gives text the place of a field; what is left of it stays zero. */
function write(block: Buffer, text: string, at: number, length: number): void {
  if (Buffer.byteLength(text) > length) throw new RangeError(`too long for an archive: ${text.length} characters`);
  block.write(text, at, length, 'utf8');
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** A long name is parted at a slash, as ustar does. */
function parted(name: string): [prefix: string, rest: string] {
  if (Buffer.byteLength(name) <= NAME) return ['', name];
  const cut = name.indexOf('/', name.length - NAME - 1);
  return [name.slice(0, cut), name.slice(cut + 1)];
}

/** The block that begins a file in an archive (POSIX ustar); readable by its owner alone. */
export function headerOf({ name, size }: Entry, at: Date): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [prefix, rest] = parted(name);
  write(block, rest, 0, NAME);
  write(block, `${octal(0o600, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 24);
  write(block, `${octal(size, 11)}\0${octal(Math.floor(at.getTime() / 1000), 11)}\0`, 124, 24);
  write(block, '        0', 148, 9);
  write(block, 'ustar\x0000', 257, 8);
  write(block, prefix, 345, PREFIX);
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(block, `${octal(sum, 6)}\0 `, 148, 8);
  return block;
}

/** What follows a file, up to a whole block. */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** What ends an archive. */
export const ending = (): Buffer => Buffer.alloc(2 * BLOCK);

function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** Reads what begins a file; undefined at the end of the archive, an error where it is no such block. */
export function entryIn(block: Buffer): Entry | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const told = Number.parseInt(textAt(block, 148, 8), 8);
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (told !== sum) throw new RangeError('a block of the archive is damaged');
  const prefix = textAt(block, 345, PREFIX);
  const name = textAt(block, 0, NAME);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size: Number.parseInt(textAt(block, 124, 12), 8) };
}

/** Takes bytes from a stream as they are wanted. */
export class Bytes {
  readonly #from: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(from: AsyncIterable<Buffer>) {
    this.#from = from[Symbol.asyncIterator]();
  }

  /** So many bytes, one stretch after another. */
  async *stretches(size: number): AsyncIterable<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#rest.length === 0) await this.#more();
      const stretch = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(stretch.length);
      left -= stretch.length;
      yield stretch;
    }
  }

  async take(size: number): Promise<Buffer> {
    const stretches: Buffer[] = [];
    for await (const stretch of this.stretches(size)) stretches.push(stretch);
    return stretches.length === 1 && stretches[0] ? stretches[0] : Buffer.concat(stretches);
  }

  async skip(size: number): Promise<void> {
    for await (const _ of this.stretches(size));
  }

  /** Reads to the end, which shows whether the whole is whole. */
  async finish(): Promise<void> {
    while (!(await this.#from.next()).done);
  }

  async #more(): Promise<void> {
    const next = await this.#from.next();
    if (next.done) throw new RangeError('the archive ends too early');
    this.#rest = next.value;
  }
}

/** The files of an archive, each with its bytes; what is not read of one is passed over. */
export async function* entriesIn(bytes: Bytes): AsyncIterable<Entry & { readonly bytes: Bytes }> {
  for (;;) {
    const entry = entryIn(await bytes.take(BLOCK));
    if (!entry) return bytes.finish();
    yield { ...entry, bytes };
    await bytes.skip(padding(entry.size).length);
  }
}
