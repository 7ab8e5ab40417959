import { writeAudit } from '../accounts/audit.ts';
import type { Cut as CutEntry, CutPreview, CutRequest, NewCut } from '../api/links.ts';
import { InputError } from '../base/errors.ts';
import type { Cutting } from '../identity/cuts.ts';
import type { Context } from '../intake/context.ts';
import { type Cut, cutsOf } from '../intake/cutLedger.ts';
import * as intake from '../intake/cuts.ts';
import { mend } from '../intake/recover.ts';
import { sql } from '../warehouse/sql.ts';
import { identOf } from './linkNames.ts';

/** Every cut that was ever made, the latest first. */
export async function cuts({ registry }: Context): Promise<CutEntry[]> {
  return (await cutsOf(registry)).map(entryOf);
}

/** Drops links, and finds anew who is one consumer without them. */
export async function cutLink(context: Context, { note = '', ...request }: NewCut, actor: string): Promise<CutEntry> {
  const cutting = await cuttingOf(context, request);
  const cut = await mended(context, () => intake.makeCut(context, { cutting, madeBy: actor, note }));
  await writeAudit(context.registry, actor, 'link.cut', { cut: cut.id, kind: cutting.kind });
  return entryOf(cut);
}

/** Ends a cut: what it dropped links again. */
export async function liftCut(context: Context, id: number, actor: string): Promise<CutEntry> {
  const cut = await mended(context, () => intake.liftCut(context, id));
  await writeAudit(context.registry, actor, 'link.restore', { cut: cut.id });
  return entryOf(cut);
}

/** How many consumers and rows a cut, or the lifting of one, would change. */
export async function previewCut(context: Context, asked: CutRequest | { readonly lift: number }): Promise<CutPreview> {
  const given = 'lift' in asked ? asked.lift : await cuttingOf(context, asked);
  return mended(context, () => intake.previewCut(context, given));
}

/** A change that failed in its middle is ended before anything else reads the facts. */
async function mended<T>(context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await context.gate.alone(() => mend(context));
    throw error;
  }
}

function entryOf({ id, cutting, note, madeBy, madeAt, liftedAt }: Cut): CutEntry {
  const named = cutting.kind === 'identifier' ? [cutting.identifier] : cutting.kind === 'pair' ? cutting.pair : [];
  return {
    id,
    kind: cutting.kind,
    identifiers: named.map(({ shown }) => shown),
    source: 'source' in cutting ? (cutting.source ?? null) : null,
    from: 'from' in cutting ? cutting.from : null,
    note,
    made_by: madeBy,
    made_at: madeAt,
    lifted_at: liftedAt,
  };
}

async function cuttingOf(context: Context, { identifier, pair, source, from }: CutRequest): Promise<Cutting> {
  const given = [identifier, pair, from].filter((each) => each !== undefined).length;
  if (given > 1 || (given === 0 && source === undefined) || (pair && source !== undefined))
    throw new InputError(
      'cut',
      'A cut is of one thing: an identifier, a pair of them, a source, or a moment (with or without a source).',
    );
  if (identifier !== undefined) return { kind: 'identifier', identifier: await identOf(context, identifier, source) };
  if (pair) return pairOf(context, pair);
  const kept = source === undefined ? {} : { source };
  if (from !== undefined) return { kind: 'time', from: await momentOf(context, from), ...kept };
  return { kind: 'source', source: source ?? '' };
}

async function pairOf(context: Context, named: readonly [string, string]): Promise<Cutting> {
  const pair = [await identOf(context, named[0]), await identOf(context, named[1])] as const;
  if (pair[0].ident === pair[1].ident)
    throw new InputError('cut', 'Both identifiers of the pair are the same one: give two that are not one person.');
  return { kind: 'pair', pair };
}

/** A day or moment as written, in the workspace's zone where it names none, as an ISO moment. */
async function momentOf({ warehouse, zone }: Context, text: string): Promise<string> {
  const isMoment = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text);
  const [row] = isMoment
    ? await warehouse.rows<{ ms: number | null }>(
        sql`SELECT toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${text}, 3, ${zone})) AS ms`,
      )
    : [];
  if (row && row.ms !== null) return new Date(Number(row.ms)).toISOString();
  throw new InputError(
    'moment',
    `${JSON.stringify(text)} is no moment: give a day as 2026-06-01, or a moment as 2026-06-01 08:30 or 2026-06-01T00:30:00Z.`,
  );
}
