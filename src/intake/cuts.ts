import { ConflictError, NotFoundError } from '../base/errors.ts';
import type { Cutting, Severed } from '../identity/cuts.ts';
import { countChange, forgetWork, plan } from '../identity/resolve.ts';
import { fileNumbers, numbers } from '../identity/sever.ts';
import { type Fragment, id, sql } from '../warehouse/sql.ts';
import { finishRetract } from './commit.ts';
import type { Context } from './context.ts';
import { addCut, type Cut, cutsOf, severedNow, severedUnder } from './cutLedger.ts';
import { clearState, nextCommit, readState, writeState } from './journal.ts';
import { countMoving } from './move.ts';
import { finishRejoin, reconsider, SEEDS, seed } from './people.ts';

const STATE = 'cut';

/** A cut that was made or lifted, or a file whose import's time has changed: what links is found anew for it. */
type Turn = { readonly cut: number } | { readonly file: number };

/** What a cut, or its lifting, changes. */
export interface CutPreview {
  /** Consumers that those concerned are now. */
  readonly before: number;
  /** Consumers that they would be. */
  readonly after: number;
  /** Rows of facts that would belong to another consumer. */
  readonly rows: number;
}

/** Puts a cut in force. The same cut, in force already, stays as it is. */
export async function makeCut(context: Context, given: Pick<Cut, 'cutting' | 'madeBy' | 'note'>): Promise<Cut> {
  return context.gate.alone(async () => {
    await endBegun(context);
    const known = (await cutsOf(context.registry)).find(
      ({ cutting, liftedAt }) => liftedAt === null && sameCutting(cutting, given.cutting),
    );
    const number = known?.id ?? (await startCut(context, given));
    await finishCuts(context);
    return cutOf(context, number);
  });
}

/** Ends a cut: what it severed links again. */
export async function liftCut(context: Context, number: number): Promise<Cut> {
  return context.gate.alone(async () => {
    await endBegun(context);
    const cut = await cutOf(context, number);
    if (cut.liftedAt !== null)
      throw new ConflictError('cut_lifted', `Cut ${number} was lifted at ${cut.liftedAt}: it severs nothing any more.`);
    await context.registry.transaction(async (registry) => {
      await registry.rows('UPDATE cut SET lifted_at = $2 WHERE id = $1', [number, context.now()]);
      await writeState(registry, STATE, { cut: number } satisfies Turn);
    });
    await finishCuts(context);
    return cutOf(context, number);
  });
}

/** What would change if a cut were made, or if one in force, given by its number, were lifted; changes nothing. */
export async function previewCut(context: Context, given: Cutting | number): Promise<CutPreview> {
  return context.gate.alone(async () => {
    await endBegun(context);
    const cutting = typeof given === 'number' ? (await cutOf(context, given)).cutting : given;
    const others = await cuttingsBut(context, (cut) => sameCutting(cut.cutting, cutting));
    const severed = await severedUnder(context.registry, typeof given === 'number' ? others : [...others, cutting]);
    const commit = (await readState<number>(context.registry, 'commit')) ?? 0;
    const { warehouse, keys } = context;
    await seed(context, await turnedBy(context, cutting, others));
    const change = { seeds: id(SEEDS), version: commit + 1, rules: keys.identity, severed, turned: identOf(cutting) };
    try {
      const moves = await plan(warehouse, change);
      return moves === 0
        ? { before: 0, after: 0, rows: 0 }
        : { ...(await countChange(warehouse)), rows: await countMoving(context) };
    } finally {
      await warehouse.run(sql`DROP TABLE IF EXISTS ${id(SEEDS)} SYNC`);
      await forgetWork(warehouse);
    }
  });
}

/** Notes that a file now counts as brought by another import; what links is found anew by `finishCuts`. */
export async function turnFile(registry: Context['registry'], file: number): Promise<void> {
  await writeState(registry, STATE, { file } satisfies Turn);
}

/** Ends the making or lifting of a cut that has begun, if one has. Safe to repeat after a kill at any moment. */
export async function finishCuts(context: Context): Promise<void> {
  await finishRejoin(context);
  const { registry } = context;
  const turn = await readState<Turn>(registry, STATE);
  if (!turn) return;
  const commit = await nextCommit(registry);
  const severed = await severedNow(registry);
  if ('file' in turn) {
    const idents = sql`SELECT DISTINCT ident FROM links WHERE file = ${turn.file}`;
    await reconsider(context, idents, { commit, severed, turned: [] });
  } else {
    const { cutting } = await cutOf(context, turn.cut);
    const others = await cuttingsBut(context, (cut) => cut.id === turn.cut);
    const idents = await turnedBy(context, cutting, others);
    await reconsider(context, idents, { commit, severed, turned: identOf(cutting) });
  }
  await clearState(registry, STATE);
}

/** Ends what an earlier change had begun: it may have noted down what only the cuts of its time say. */
async function endBegun(context: Context): Promise<void> {
  await finishCuts(context);
  await finishRetract(context);
}

async function startCut(context: Context, given: Pick<Cut, 'cutting' | 'madeBy' | 'note'>): Promise<number> {
  return context.registry.transaction(async (registry) => {
    const number = await addCut(registry, { ...given, madeAt: context.now() });
    await writeState(registry, STATE, { cut: number } satisfies Turn);
    return number;
  });
}

async function cutOf({ registry }: Context, number: number): Promise<Cut> {
  const cut = (await cutsOf(registry)).find((each) => each.id === number);
  if (!cut) throw new NotFoundError('cut', `There is no cut ${number}: see link cuts.`);
  return cut;
}

async function cuttingsBut({ registry }: Context, which: (cut: Cut) => boolean): Promise<Cutting[]> {
  const cuts = await cutsOf(registry);
  return cuts.filter((each) => each.liftedAt === null && !which(each)).map(({ cutting }) => cutting);
}

const identOf = (cutting: Cutting): string[] => (cutting.kind === 'identifier' ? [cutting.identifier.ident] : []);

function sameCutting(one: Cutting, other: Cutting): boolean {
  return keyOf(one) === keyOf(other);
}

/** What makes a cut itself, whatever the order of a pair. */
function keyOf(cutting: Cutting): string {
  switch (cutting.kind) {
    case 'identifier':
      return `identifier ${cutting.identifier.ident}`;
    case 'pair':
      return `pair ${cutting.pair
        .map(({ ident }) => ident)
        .toSorted()
        .join(' ')}`;
    case 'source':
      return `source ${cutting.source}`;
    case 'time':
      return `time ${Date.parse(cutting.from)} ${cutting.source ?? ''}`;
  }
}

/** A question for the identifiers on cards that a cut changes, beside the other cuts in force. */
async function turnedBy({ registry }: Context, cutting: Cutting, others: readonly Cutting[]): Promise<Fragment> {
  if (cutting.kind === 'identifier') {
    const { ident } = cutting.identifier;
    return sql`SELECT DISTINCT ident FROM (SELECT ident FROM links WHERE ident IN (${numbers([ident])})
      UNION ALL SELECT who AS ident FROM cards WHERE who IN (${numbers([ident])}))`;
  }
  if (cutting.kind === 'pair') {
    const [a, b] = cutting.pair.map(({ ident }) => sql`SELECT who FROM links WHERE ident IN (${numbers([ident])})`);
    return sql`SELECT DISTINCT ident FROM links WHERE who IN (${a ?? sql``}) AND who IN (${b ?? sql``})`;
  }
  return turnedWith(await severedUnder(registry, others), await severedUnder(registry, [...others, cutting]));
}

/** Identifiers on cards that a believed file shows where only `less` is severed, and none where `more` is. */
function turnedWith(less: Severed, more: Severed): Fragment {
  const fresh = more.files.filter((file) => !less.files.includes(file));
  const turned = sql`SELECT who FROM cards WHERE length(idents) > 1
    AND who IN (SELECT who FROM cards WHERE file IN (${fileNumbers(fresh)}))
    GROUP BY who HAVING countIf(file NOT IN (${fileNumbers(more.files)})) = 0`;
  return sql`SELECT DISTINCT ident FROM links WHERE who IN (${turned})`;
}
