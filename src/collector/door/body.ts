import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { Refused } from '../protocol.ts';
import type { Held, Limits } from './limits.ts';
import { unpackerOf } from './unpack.ts';

/** The client went away before its request was whole. */
export class Gone extends Error {}

/** The body of a request, decompressed, and what it counts against the memory of the door until it is released. */
export interface Body {
  readonly bytes: Buffer;
  release(): void;
}

/** Reads a body whole, within the limits. Where that fails nothing of it stays, and the request reads no further. */
export function readBody(request: IncomingMessage, most: number, limits: Limits, held: Held): Promise<Body> {
  return new Promise((resolve, reject) => new Reading(request, most, limits, held, { resolve, reject }).begin());
}

interface Ends {
  resolve(body: Body): void;
  reject(reason: Error): void;
}

/** So many first bytes tell how a body is packed. */
const TELLING_BYTES = 2;

class Reading {
  readonly #request: IncomingMessage;
  readonly #most: number;
  readonly #held: Held;
  readonly #ends: Ends;
  readonly #idle: NodeJS.Timeout;
  readonly #whole: NodeJS.Timeout;
  readonly #parts: Buffer[] = [];
  /** Bytes that came, and bytes kept of them. */
  #received = 0;
  #length = 0;
  /** What came before it could be told how the body is packed. */
  #first: Buffer | undefined;
  #unpacker: Transform | undefined;
  #begun = false;
  #settled = false;

  constructor(request: IncomingMessage, most: number, { idleMs, wholeMs }: Limits, held: Held, ends: Ends) {
    this.#request = request;
    this.#most = most;
    this.#held = held;
    this.#ends = ends;
    const slow = (ms: number) => () =>
      this.#fail(new Refused('slow', `The body did not come within ${ms / 1000} seconds.`));
    this.#idle = setTimeout(slow(idleMs), idleMs);
    this.#whole = setTimeout(slow(wholeMs), wholeMs);
  }

  begin(): void {
    const announced = Number(this.#request.headers['content-length'] ?? 0);
    if (announced > this.#most) this.#fail(this.#tooLarge());
    else this.#request.on('data', this.#data).on('end', this.#end).on('close', this.#gone).on('error', this.#gone);
  }

  readonly #data = (chunk: Buffer): void => {
    this.#idle.refresh();
    this.#guarded(() => {
      this.#received += chunk.length;
      if (this.#received > this.#most) throw this.#tooLarge();
      const bytes = this.#first ? Buffer.concat([this.#first, chunk]) : chunk;
      if (this.#begun) this.#take(chunk);
      else if (bytes.length < TELLING_BYTES) this.#first = bytes;
      else this.#open(bytes);
    });
  };

  /** Learns from the first bytes how the body is packed. */
  #open(first: Buffer): void {
    this.#begun = true;
    this.#first = undefined;
    this.#unpacker = unpackerOf(this.#request.headers['content-encoding'], first);
    this.#unpacker
      ?.on('data', (chunk: Buffer) => this.#guarded(() => this.#keep(chunk)))
      .on('drain', () => this.#request.resume())
      .on('end', () => this.#done())
      .on('error', () => this.#fail(new Refused('shape', 'The body is not compressed as its headers say.')));
    this.#take(first);
  }

  #take(chunk: Buffer): void {
    if (!this.#unpacker) this.#keep(chunk);
    else if (!this.#unpacker.write(chunk)) this.#request.pause();
  }

  #keep(chunk: Buffer): void {
    if (this.#length + chunk.length > this.#most) throw this.#tooLarge();
    if (!this.#held.take(chunk.length))
      throw new Refused('full', 'The server holds as many bodies as it can: send again in a second.');
    this.#length += chunk.length;
    this.#parts.push(chunk);
  }

  readonly #end = (): void => {
    this.#request.off('close', this.#gone);
    const first = this.#first;
    this.#guarded(() => {
      if (first) this.#open(first);
      if (this.#unpacker) this.#unpacker.end();
      else this.#done();
    });
  };

  #guarded(work: () => void): void {
    if (this.#settled) return;
    try {
      work();
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error('The body could not be unpacked.'));
    }
  }

  readonly #gone = (): void => this.#fail(new Gone('The client went away.'));

  #tooLarge(): Refused {
    return new Refused('too_large', `A body here has ${this.#most} bytes at most, decompressed: send fewer events.`);
  }

  #done(): void {
    if (!this.#settle()) return;
    const [first = Buffer.alloc(0)] = this.#parts;
    const bytes = this.#parts.length <= 1 ? first : Buffer.concat(this.#parts, this.#length);
    const length = this.#length;
    this.#ends.resolve({ bytes, release: () => this.#held.give(length) });
  }

  #fail(reason: Error): void {
    if (!this.#settle()) return;
    this.#held.give(this.#length);
    this.#parts.length = 0;
    this.#unpacker?.destroy();
    this.#ends.reject(reason);
  }

  /** True the first time. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#idle);
    clearTimeout(this.#whole);
    this.#request.off('data', this.#data).off('end', this.#end).off('close', this.#gone).off('error', this.#gone);
    this.#request.on('error', () => {});
    return true;
  }
}
