import { randomInt } from 'node:crypto';
import type { PushCounts, PushPreview, PushRun } from '../../api/pushes.ts';
import { dayIn } from '../../base/day.ts';
import { QianchengError, RefusedError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { CancelledError } from '../../base/progress.ts';
import type { Context } from '../../intake/context.ts';
import { membersKept } from '../../model/membersKept.ts';
import { upToDate } from '../audiences/members.ts';
import { storedAudience } from '../audiences/stored.ts';
import { forgetPlan, keepSides, memberCounts, type Planning, planMembers } from './members.ts';
import { findDifferences, forgetRecords, isStanding, planRecords, planTraces, recordCounts } from './records.ts';
import { type Courier, sendRun } from './sending.ts';
import {
  beginRun,
  endRun,
  lastRun,
  noteAttempt,
  notePlan,
  type StoredPush,
  type StoredRun,
  shownRun,
  storedRun,
} from './stored.ts';

/** What a run is asked for. */
export interface Running {
  readonly push: StoredPush;
  readonly courier: Courier;
  readonly by: string;
  /** The day to run for, as if it were today. */
  readonly on?: string | undefined;
  /** Told the number of the run once it is known. */
  began?(run: number): Promise<void>;
}

/** Consumers that are looked at together. */
const PART = 1_000_000;

/** Sends the differences of a push; goes on with a run that was cut short. */
export async function runPush(context: Context, { push, courier, by, on, began }: Running): Promise<PushRun> {
  const { registry } = context;
  return registry.locks.alone('pushes', async () => {
    const last = await lastRun(registry, push.id);
    const isCut = last !== undefined && (last.state === 'planning' || last.state === 'sending');
    const run = isCut ? last : await beginRun(registry, push.id, by, context.now());
    await began?.(run.id);
    return ended(context, run, async () => {
      if (run.state === 'planning') await planned(context, push, run, courier.destination.batch, on);
      await sendRun(context, push, await storedRun(registry, run.id), courier);
    });
  });
}

/** Notes how a run ended; one that is stopped with the server goes on later. */
async function ended(context: Context, run: StoredRun, work: () => Promise<void>): Promise<PushRun> {
  const { registry, now } = context;
  try {
    await work();
    return shownRun(await endRun(registry, run.id, 'done', now()));
  } catch (error) {
    if (error instanceof CancelledError && error.resumes) throw error;
    const known = error instanceof QianchengError;
    const told = known ? { code: error.code, detail: error.message } : { code: 'internal', detail: '' };
    await endRun(registry, run.id, 'failed', now(), told);
    throw error;
  }
}

/** Finds who is in the audience now and what is to be sent of it, all at one state of the facts. */
async function planned(context: Context, push: StoredPush, run: StoredRun, size: number, on?: string): Promise<void> {
  const { registry } = context;
  await forgetRecords(context, push.id, run.id);
  await forgetPlan(context, run.id);
  await context.gate.shared(async () => {
    const { planning, day, audienceRun } = await planningOf(context, push, run.id, on);
    await noteAttempt(registry, run.id, day, audienceRun);
    try {
      await planMembers(context, planning);
      const counts = await memberCounts(context, run.id);
      const enough = (counts.send ?? 0) >= push.minimum;
      if (!enough && !(await isStanding(context, push.id))) throw tooSmall(push, counts.send ?? 0);
      if (enough) await keepSides(context, planning);
      await findDifferences(context, planning, enough);
      const batches = await planRecords(context, planning, size);
      await planTraces(context, planning);
      await notePlan(registry, run.id, { counts: countsOf(counts, await recordCounts(context, run.id)), batches });
    } finally {
      await forgetPlan(context, run.id);
    }
  });
}

function tooSmall({ minimum }: StoredPush, consumers: number): RefusedError {
  return new RefusedError('push_small', say('push.small', { consumers, minimum }));
}

/** Numbers under which a run is tried out, beyond those of any run that sends. */
const TRIALS = [2_000_000_000, 2_147_483_647] as const;

/** What a run would do now; nothing is sent, nothing is kept. */
export async function previewPush(context: Context, push: StoredPush, on?: string): Promise<PushPreview> {
  const run = randomInt(...TRIALS);
  return context.gate.shared(async () => {
    const { planning, day } = await planningOf(context, push, run, on);
    try {
      await planMembers(context, planning);
      const counts = await memberCounts(context, planning.run);
      const enough = (counts.send ?? 0) >= push.minimum;
      await findDifferences(context, planning, enough);
      return { on: day, counts: countsOf(counts, await recordCounts(context, planning.run)), enough };
    } finally {
      await forgetPlan(context, planning.run);
    }
  });
}

/** Refuses a run that would have nothing standing and too few to send. */
export async function requireEnough(context: Context, push: StoredPush, on?: string): Promise<void> {
  const { counts, enough } = await previewPush(context, push, on);
  if (!enough && !(await isStanding(context, push.id))) throw tooSmall(push, counts.treated);
}

async function planningOf(context: Context, push: StoredPush, run: number, on?: string) {
  const { registry, zone } = context;
  const asked = on === undefined ? {} : { on };
  const own = await upToDate(context, await storedAudience(registry, push.audience), asked);
  const excluded = [];
  for (const name of push.exclude)
    excluded.push(membersKept((await upToDate(context, await storedAudience(registry, name), asked)).run));
  const planning: Planning = {
    ...{ push, run, excluded, now: context.now() },
    members: membersKept(own.run),
    day: on ?? dayIn(zone, new Date(context.now())),
    parts: Math.max(1, Math.ceil(own.consumers / PART)),
  };
  return { planning, day: own.on, audienceRun: own.run };
}

function countsOf(
  by: Readonly<Record<string, number>>,
  { add, remove }: { readonly add: number; readonly remove: number },
): PushCounts {
  const of = (state: string) => by[state] ?? 0;
  return {
    audience: Object.values(by).reduce((sum, each) => sum + each, 0),
    ...{ excluded: of('excluded'), suppressed: of('suppressed'), consent: of('consent'), control: of('control') },
    ...{ capped: of('capped'), unreachable: of('unreachable'), treated: of('send'), add, remove },
  };
}
