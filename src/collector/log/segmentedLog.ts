import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '../entry.ts';
import { begin, type Current, type OpenFile, write } from './current.ts';
import { LogBroken, type LogFault, LogFull, writeFault } from './errors.ts';
import { fileName } from './files.ts';
import type { Log, LogOptions, Waiting } from './log.ts';
import type { Opened } from './opening.ts';
import type { Room } from './room.ts';
import { type Segment, type SegmentParts, sealedSegment } from './segment.ts';

const MB = 1024 ** 2;
/** Bytes that a record takes beside its body, roughly: enough to plan with. */
const HEAD_BYTES = 256;

interface Asked {
  resolve(): void;
  reject(reason: Error): void;
}

interface Pending extends Asked {
  readonly entry: Entry;
  readonly bytes: number;
}

/** The log as files: one writer takes all that waits, writes it, syncs it, and tells those who wait. */
export class SegmentedLog implements Log {
  readonly #dir: string;
  readonly #openFile: OpenFile;
  readonly #onDamage: (what: string) => void;
  readonly #segmentBytes: number;
  readonly #mostWaiting: number;
  readonly #mostQueued: number;
  readonly #room: Room;
  #current: Current;
  #sealed: readonly Segment[] = [];
  #sealedBytes = 0;
  #queue: Pending[] = [];
  /** Bytes of entries that are not on disk yet, those being written among them. */
  #queuedBytes = 0;
  #seals: Asked[] = [];
  #work: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(
    dir: string,
    options: LogOptions & { readonly openFile: OpenFile },
    room: Room,
    { sealed, current }: Opened,
  ) {
    this.#dir = dir;
    this.#openFile = options.openFile;
    this.#onDamage = options.onDamage ?? (() => {});
    this.#segmentBytes = options.segmentBytes ?? 16 * MB;
    this.#mostWaiting = options.mostWaiting ?? 8192 * MB;
    this.#mostQueued = options.mostQueued ?? 64 * MB;
    this.#room = room;
    this.#current = current;
    for (const parts of sealed) this.#keep(parts);
  }

  append(entry: Entry): Promise<void> {
    const bytes = entry.body.length + HEAD_BYTES;
    const refusal = this.refusal(bytes);
    if (refusal) return Promise.reject(refusal);
    this.#queuedBytes += bytes;
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry, bytes, resolve, reject });
      this.#start();
    });
  }

  refusal(bytes: number): LogFault | undefined {
    if (this.#closed) return new LogBroken('The event log is closed: the server is stopping.');
    if (this.#queuedBytes > 0 && this.#queuedBytes + bytes > this.#mostQueued)
      return new LogFull(`${Math.round(this.#queuedBytes / MB)} MB wait for the disk: send again in a second.`, 1);
    const waiting = this.#sealedBytes + this.#current.bytes;
    if (waiting + this.#queuedBytes + bytes > this.#mostWaiting)
      return new LogFull(
        `The event log holds ${Math.round(waiting / MB)} MB that are not stored yet: send again later.`,
      );
    return this.#room.refusal(this.#queuedBytes + bytes);
  }

  seal(): Promise<void> {
    if (this.#closed) return Promise.reject(new LogBroken('The event log is closed: the server is stopping.'));
    return new Promise((resolve, reject) => {
      this.#seals.push({ resolve, reject });
      this.#start();
    });
  }

  sealed(): readonly Segment[] {
    return this.#sealed;
  }

  get waiting(): Waiting {
    const { bytes, oldest } = this.#current;
    return {
      segments: this.#sealed.length + (bytes > 0 ? 1 : 0),
      bytes: this.#sealedBytes + bytes,
      oldest: this.#sealed.find((segment) => segment.oldest !== undefined)?.oldest ?? oldest,
    };
  }

  close(): Promise<void> {
    this.#closed ??= Promise.resolve(this.#work).then(() => this.#current.file.close());
    return this.#closed;
  }

  /** Begins to write when this turn of the event loop has brought all the entries it has. */
  #start(): void {
    this.#work ??= new Promise((turn) => setImmediate(turn)).then(() => this.#writeAll());
  }

  async #writeAll(): Promise<void> {
    while (this.#seals.length > 0 || this.#queue.length > 0) {
      await this.#sealNow(this.#seals.splice(0));
      const batch = this.#nextBatch();
      if (batch.length > 0) await this.#commit(batch);
    }
    this.#work = undefined;
  }

  /** As many of those that wait as fit into one segment, one at least. */
  #nextBatch(): readonly Pending[] {
    let bytes = 0;
    const end = this.#queue.findIndex((pending, index) => {
      bytes += pending.bytes;
      return bytes > this.#segmentBytes && index > 0;
    });
    return this.#queue.splice(0, end === -1 ? this.#queue.length : end);
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    const bytes = batch.reduce((sum, pending) => sum + pending.bytes, 0);
    const fault = await this.#written(batch, bytes).catch((error: unknown) => error);
    this.#queuedBytes -= bytes;
    if (fault === undefined) for (const { resolve } of batch) resolve();
    else for (const { reject } of batch) reject(writeFault(fault));
  }

  async #written(batch: readonly Pending[], bytes: number): Promise<unknown> {
    const { spoiled, bytes: before } = this.#current;
    if (spoiled || (before > 0 && before + bytes > this.#segmentBytes)) await this.#beginNext();
    const entries = batch.map(({ entry }) => entry);
    const { current, fault } = await write(this.#current, entries);
    this.#current = current;
    if (fault === undefined) this.#room.spend(bytes);
    return fault;
  }

  async #sealNow(asked: readonly Asked[]): Promise<void> {
    if (asked.length === 0) return;
    try {
      if (this.#current.bytes > 0) await this.#beginNext();
      for (const { resolve } of asked) resolve();
    } catch (error) {
      for (const { reject } of asked) reject(writeFault(error));
    }
  }

  /** Ends the segment that is written to. The next one stands on disk first, so that a number is never given again. */
  async #beginNext(): Promise<void> {
    const ended = this.#current;
    this.#current = await begin(this.#dir, ended.name.number + 1, this.#openFile);
    if (ended.bytes > 0) this.#keep(ended);
    else await rm(join(this.#dir, fileName(ended.name)), { force: true });
    await ended.file.close();
  }

  #keep({ name, bytes, oldest }: Pick<SegmentParts, 'name' | 'bytes' | 'oldest'>): void {
    const onRemove = (segment: Segment) => {
      if (!this.#sealed.includes(segment)) return;
      this.#sealed = this.#sealed.filter((each) => each !== segment);
      this.#sealedBytes -= segment.bytes;
    };
    const parts = { dir: this.#dir, name, bytes, oldest, onDamage: this.#onDamage, onRemove };
    this.#sealed = [...this.#sealed, sealedSegment(parts)];
    this.#sealedBytes += bytes;
  }
}
