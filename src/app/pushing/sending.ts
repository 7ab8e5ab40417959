import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UnavailableError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { CancelledError, type Watch } from '../../base/progress.ts';
import {
  type Batch,
  type Delivered,
  type Destination,
  type Outside,
  type Sent,
  taken,
} from '../../destinations/destination.ts';
import { DeliveryFault } from '../../destinations/fault.ts';
import type { Context } from '../../intake/context.ts';
import { closeAgain, noteRecords, type PlannedBatch, plannedBatch } from './batches.ts';
import { noteBatch, noteRemote, type StoredPush, type StoredRun } from './stored.ts';

/** Milliseconds before the second, third and fourth try of a delivery. */
const PAUSES = [1_000, 5_000, 25_000] as const;

/** What a run is sent with. */
export interface Courier {
  readonly destination: Destination;
  readonly settings: Readonly<Record<string, string>>;
  readonly outside: Outside;
  /** Waits so many milliseconds; throws where the work is to end. */
  wait(ms: number, watch: Watch): Promise<void>;
}

/** The key of a delivery: of the push, its run and the batch, so that it is the same however often it is sent. */
export const deliveryKey = (push: Pick<StoredPush, 'id' | 'seed'>, run: number, number: number): string =>
  createHash('sha256').update(`${push.seed} ${push.id} ${run} ${number}`).digest('hex').slice(0, 32);

/** Sends what a run has planned from the first batch that is not done; gives whether every batch was taken. */
export async function sendRun(context: Context, push: StoredPush, run: StoredRun, courier: Courier): Promise<void> {
  const of = { push: push.id, run: run.id };
  await closeAgain(context, of, { done: run.batchesDone, purpose: push.purpose });
  let remote = await prepared(context, push, courier);
  for (let number = run.batchesDone + 1; number <= run.batches; number += 1) {
    context.watch({ step: 'push', done: number - 1, total: run.batches, unit: 'batches' });
    const planned = await plannedBatch(context, of, number);
    const sent: Sent = { name: push.name, remote };
    const came = planned
      ? await sendBatch(context, { planned, number, run, push, sent }, courier)
      : { delivered: 0, refused: 0, remote: {} };
    if (Object.keys(came.remote).length > 0) {
      remote = { ...remote, ...came.remote };
      await noteRemote(context.registry, push.id, came.remote);
    }
    await noteBatch(context.registry, run.id, number, came);
  }
}

async function prepared(context: Context, push: StoredPush, courier: Courier) {
  const { destination, settings, outside } = courier;
  if (!destination.prepare) return push.remote;
  const prepare = destination.prepare;
  const known = await tried(context.watch, courier, () =>
    prepare({ name: push.name, remote: push.remote }, settings, outside),
  ).catch((error: unknown) => {
    // Note: without its audience nothing can be delivered, whatever the platform refused about it.
    throw error instanceof DroppedError
      ? new UnavailableError('push_stopped', say('push.stopped', { why: error.reason }))
      : error;
  });
  await noteRemote(context.registry, push.id, known);
  return { ...push.remote, ...known };
}

interface Sending {
  readonly planned: PlannedBatch;
  readonly number: number;
  readonly run: StoredRun;
  readonly push: StoredPush;
  readonly sent: Sent;
}

/** One batch, with its records noted. A record whose value is gone is not sent. */
async function sendBatch(context: Context, { planned, number, run, push, sent }: Sending, courier: Courier) {
  const { batch: found, seqs } = planned;
  const places = found.values.flatMap((value, i) => (value === '' ? [] : [i]));
  const values = places.map((i) => found.values[i] ?? '');
  const batch: Batch = { ...found, values, key: deliveryKey(push, run.id, number), number, of: run.batches };
  const note = (state: 'delivered' | 'refused' | 'unsure', reason: string, refused: Delivered['refused'] = new Map()) =>
    noteRecords(context, { push: push.id, run: run.id }, number, { state, reason, refused });
  try {
    const came = values.length === 0 ? taken : await delivered(context, batch, sent, courier);
    const refused = [...came.refused].flatMap(([place, reason]): [number, string][] => {
      const seq = seqs[places[place] ?? -1];
      return seq === undefined ? [] : [[seq, reason.slice(0, 200)]];
    });
    await note('delivered', '', new Map(refused));
    const count = values.length - refused.length;
    return { delivered: count, refused: seqs.length - count, remote: came.remote ?? {} };
  } catch (error) {
    if (mayHaveArrived(error)) await note('unsure', error.message.slice(0, 200));
    if (!(error instanceof DroppedError)) throw error;
    await note('refused', error.reason.slice(0, 200));
    return { delivered: 0, refused: seqs.length, remote: {} };
  }
}

/** A delivery, tried again as its faults say. */
function delivered({ watch }: Context, batch: Batch, sent: Sent, courier: Courier): Promise<Delivered> {
  const { destination, settings, outside } = courier;
  return tried(watch, courier, () => destination.deliver(batch, sent, settings, outside));
}

/** Whether a delivery was tried and left without an answer: the destination may have it. */
function mayHaveArrived(error: unknown): error is Error {
  if (error instanceof CancelledError) return !error.resumes;
  return error instanceof UnavailableError && (error.code === 'push_away' || error.cause === AGAIN);
}

/** The cause of a run that was stopped after a delivery had been tried before. */
const AGAIN = 'tried before';

/** What a destination will never take. */
class DroppedError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Asks the destination, again after a pause while its faults pass by themselves. */
async function tried<T>(watch: Watch, courier: Courier, ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const fault = await faultIn(ask);
    if ('came' in fault) return fault.came;
    const { class: faultClass, message: why, after } = fault.fault;
    if (faultClass === 'drop') throw new DroppedError(why);
    if (faultClass === 'stop')
      throw new UnavailableError('push_stopped', say('push.stopped', { why }), {
        cause: tries > 1 ? AGAIN : undefined,
      });
    const pause = PAUSES[tries - 1];
    if (pause === undefined) throw new UnavailableError('push_away', say('push.away', { why, tries }));
    await courier.wait(Math.max(pause, (after ?? 0) * 1000), watch);
  }
}

/** Note: an answer in a form that nobody documented is taken for a fault that passes. */
async function faultIn<T>(ask: () => Promise<T>): Promise<{ readonly came: T } | { readonly fault: DeliveryFault }> {
  try {
    return { came: await ask() };
  } catch (error) {
    if (error instanceof DeliveryFault) return { fault: error };
    if (error instanceof z.ZodError) return { fault: new DeliveryFault('retry', 'the answer is not as documented') };
    throw error;
  }
}
