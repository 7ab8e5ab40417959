import { InputError } from '../base/errors.ts';
import { type Compiled, compileIntake, type Intake } from '../sources/compile.ts';
import type { Mapping } from '../sources/mapping.ts';
import type { Batch, Source } from '../sources/read/batch.ts';
import type { Context } from './context.ts';
import { updateFile } from './ledger.ts';
import { forgetRejects, keepRejects } from './rejects.ts';
import { createStage, dropBatches, stageBatch, stagedColumns } from './stage.ts';
import { isSuppressing } from './suppression.ts';

/** Batches turned at the same time: the engine's sessions share its cores. */
const AT_ONCE = 2;

/** A file being read, and how far an earlier, killed reading of it came. */
export interface Reading {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly mapping: Mapping;
  /** Batches already staged, and the sums over them. */
  readonly from: { readonly batches: number; readonly lastLine: number; readonly sums: Sums };
}

export interface Sums {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
}

export interface Read extends Sums {
  /** Columns of the stage. */
  readonly columns: readonly string[];
  readonly unmapped: readonly string[];
  /** Why reading ended before the end of the file. */
  readonly cut?: string;
}

/** Reads a file into its stage, batch by batch; what is staged is remembered, so that a kill loses at most a batch or two. */
export async function readFile(context: Context, reading: Reading, source: Source): Promise<Read> {
  const varying = source.format === 'jsonl';
  const suppressing = await isSuppressing(context.warehouse);
  const compiled = (columns: readonly string[]) => compileFor(context, reading, { columns, varying, suppressing });
  const first = compiled(source.columns);
  await createStage(context.warehouse, reading.id, first, context.keys);
  await dropBatches(context.warehouse, reading.id, reading.from.batches);
  await forgetRejects(context, reading.id, reading.from.lastLine);
  const unmapped = new Set(first.unmapped);
  const progress = new Progress(context, reading, source.size);
  let cut: string | undefined;
  const under: Promise<void>[] = [];
  try {
    let number = 0;
    for await (const batch of source.batches()) {
      const own = number++;
      if (own < reading.from.batches) continue;
      const made = batch.columns === source.columns ? first : compiled(batch.columns);
      for (const name of made.unmapped) unmapped.add(name);
      if (under.length >= AT_ONCE) await under.shift();
      const work = takeBatch(context, reading, own, batch, made, progress.sums.rejected === 0).then((sums) =>
        progress.done(own, batch, sums),
      );
      work.catch(() => {});
      under.push(work);
    }
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'truncated') throw error;
    cut = error.message;
  } finally {
    await Promise.allSettled(under);
  }
  await Promise.all(under);
  const columns = await stagedColumns(context.warehouse, reading.id);
  return { ...progress.sums, columns, unmapped: [...unmapped], ...(cut === undefined ? {} : { cut }) };
}

function compileFor(
  context: Context,
  reading: Reading,
  how: Pick<Intake, 'columns' | 'varying' | 'suppressing'>,
): Compiled {
  return compileIntake({
    mapping: reading.mapping,
    ...how,
    source: reading.source,
    clock: { zone: context.zone, now: context.now() },
    identity: context.keys.identity,
    identifierKey: context.keys.identifier,
  });
}

async function takeBatch(
  context: Context,
  reading: Reading,
  number: number,
  batch: Batch,
  compiled: Compiled,
  flawless: boolean,
): Promise<Sums> {
  const { accepted, refused } = await stageBatch(
    context.warehouse,
    reading.id,
    number,
    batch,
    compiled,
    context.keys,
    reading.source,
    flawless,
  );
  const rejected = await keepRejects(context, reading.id, batch, refused);
  return { read: batch.rows + batch.broken.length, accepted, rejected };
}

/** Adds up batches in their order, whichever ends first, and remembers how far the unbroken run of them goes. */
class Progress {
  readonly #context: Context;
  readonly #reading: Reading;
  readonly #size: number;
  readonly #ended = new Map<number, { batch: Batch; sums: Sums }>();
  #next: number;
  sums: Sums;

  constructor(context: Context, reading: Reading, size: number) {
    this.#context = context;
    this.#reading = reading;
    this.#size = size;
    this.#next = reading.from.batches;
    this.sums = reading.from.sums;
  }

  async done(number: number, batch: Batch, sums: Sums): Promise<void> {
    this.#ended.set(number, { batch, sums });
    for (let each = this.#ended.get(this.#next); each; each = this.#ended.get(this.#next)) {
      this.#ended.delete(this.#next++);
      this.sums = {
        read: this.sums.read + each.sums.read,
        accepted: this.sums.accepted + each.sums.accepted,
        rejected: this.sums.rejected + each.sums.rejected,
      };
      await updateFile(this.#context.registry, this.#reading.id, {
        batches: this.#next,
        last_line: lastLine(each.batch),
        ...this.sums,
      });
      const { position: done } = each.batch;
      this.#context.watch({ step: this.#reading.name, done, total: this.#size, unit: 'bytes', rows: this.sums.read });
    }
  }
}

/** The last line a batch takes or breaks. */
function lastLine({ lines, rows, broken }: Batch): number {
  const own = typeof lines === 'number' ? lines + rows - 1 : (lines[rows - 1] ?? 0);
  return Math.max(own, broken.at(-1)?.line ?? 0);
}
