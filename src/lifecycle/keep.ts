import type { Watch } from '../base/progress.ts';
import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';
import type { Scope } from '../model/scope.ts';
import { deleteRows } from '../warehouse/deleting.ts';
import { sql, whole } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { putSpans, type Reopened, reopen } from './reopen.ts';
import { numbersNamed, some } from './some.ts';
import { stageSpans } from './spans.ts';

/** How far the kept spans of a rule set are. */
export interface Kept {
  /** Changes of facts up to this commit are in. */
  readonly commit: number;
  /** The last refresh that is whole; rows of later ones are left over from a kill. */
  readonly batch: number;
  /** The last refresh that was begun; absent where that is not known. */
  readonly begun?: number;
  /** Rows that stood when they were last built anew. */
  readonly built?: number;
}

/** Where `Kept` is remembered. */
export interface Memory {
  read(rules: string): Promise<Kept | undefined>;
  write(rules: string, kept: Kept): Promise<void>;
  /** Runs while nobody else changes what is remembered, in whatever process. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Consumers built at once, so that a build's memory does not grow with their number. */
const SLAB = 400_000;

/** Touched consumers beyond this share of all: building anew is quicker than taking back and adding. */
const MOST_TOUCHED = 0.3;

/** Rows beyond this multiple of what was built, most of them taken back or put anew: time to build anew. */
const MOST_WASTE = 3;

/**
 * Brings the kept spans of a rule set up to the last commit: only consumers whose facts have changed are built again.
 * Questions asked at the same time wait for one another where there is something to bring up, so that none refreshes
 * what another is refreshing.
 */
export async function keepSpans(
  warehouse: Warehouse,
  memory: Memory,
  rules: RuleSet,
  scope: Scope,
  watch: Watch,
): Promise<void> {
  if (await areKept(warehouse, memory, rules)) return;
  await memory.alone(() => refresh(warehouse, memory, rules, scope, watch));
}

/** Whether the kept spans of a rule set are up to the last commit. */
export async function areKept(warehouse: Warehouse, memory: Memory, rules: RuleSet): Promise<boolean> {
  const { kept, commit } = await standing(warehouse, memory, rules);
  return kept !== undefined && kept.commit >= commit;
}

/** How far the kept spans of a rule set are, and how far the facts. */
async function standing(
  warehouse: Warehouse,
  memory: Memory,
  rules: RuleSet,
): Promise<{ kept: Kept | undefined; commit: number }> {
  const [kept, [last]] = await Promise.all([
    memory.read(rulesKey(rules)),
    warehouse.rows<{ commit: number }>(sql`SELECT max(commit) AS commit FROM touched`),
  ]);
  return { kept, commit: last?.commit ?? 0 };
}

async function refresh(
  warehouse: Warehouse,
  memory: Memory,
  rules: RuleSet,
  scope: Scope,
  watch: Watch,
): Promise<void> {
  const key = rulesKey(rules);
  const { kept, commit } = await standing(warehouse, memory, rules);
  if (kept && kept.commit >= commit) return;
  if (kept && kept.begun !== kept.batch) await dropUnfinished(warehouse, key, kept);
  const batch = (kept?.batch ?? 0) + 1;
  const changed = kept && (await worthwhile(warehouse, key, kept));
  if (changed) {
    await memory.write(key, { ...kept, begun: batch });
    await reopen(warehouse, rules, scope, { ...changed, batch });
    return memory.write(key, { ...kept, commit, batch, begun: batch });
  }
  // Note: what is kept goes first, so that a build that is killed leaves nothing that could be built upon.
  if (kept) await memory.write(key, { commit: 0, batch: 0 });
  await build(warehouse, rules, scope, batch, watch);
  await memory.write(key, { commit, batch, begun: batch, built: await spansOf(warehouse, key) });
}

/** Rows of the spans of a rule set, those taken back and those that took them back among them: known without reading any. */
async function spansOf(warehouse: Warehouse, key: string): Promise<number> {
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM stage_spans WHERE rules = ${key}`,
  );
  return row?.rows ?? 0;
}

async function dropUnfinished(warehouse: Warehouse, key: string, kept: Kept): Promise<void> {
  const unfinished = sql`rules = ${key} AND batch > ${kept.batch}`;
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM stage_spans WHERE ${unfinished}`,
  );
  if ((row?.rows ?? 0) > 0) await deleteRows(warehouse, 'stage_spans', unfinished);
}

/** Since when, and of whom, facts have changed that the kept spans do not know; undefined where a build is quicker. */
async function worthwhile(
  warehouse: Warehouse,
  key: string,
  { commit, built = 0 }: Kept,
): Promise<Pick<Reopened, 'from' | 'consumers' | 'which'> | undefined> {
  const since = sql`${whole('touched')} WHERE commit > ${commit}`;
  const [row] = await warehouse.rows<{
    everybody: number;
    count: number;
    numbers: number[];
    from: number;
    all: number;
  }>(
    sql`SELECT countIf(consumer = 0) AS everybody, groupBitmap(consumer) AS count, ${numbersNamed} AS numbers,
      toUInt16(min(day)) AS from, (SELECT max(consumer) FROM people) AS all FROM ${since}`,
  );
  if (!row || row.everybody > 0 || row.count > MOST_TOUCHED * row.all) return undefined;
  if ((await spansOf(warehouse, key)) > MOST_WASTE * Math.max(built, 1)) return undefined;
  const { test } = some(sql`SELECT consumer FROM ${since}`, row);
  return { from: row.from, consumers: row.count, which: test };
}

async function build(warehouse: Warehouse, rules: RuleSet, scope: Scope, batch: number, watch: Watch): Promise<void> {
  const key = rulesKey(rules);
  // Note: whole parts go, where rows taken out would stay in theirs until a merge.
  await warehouse.onParts('stage_spans', (part) => sql`ALTER TABLE ${part} DROP PARTITION ${key}`);
  const [row] = await warehouse.rows<{ all: number }>(sql`SELECT max(consumer) AS all FROM people`);
  const all = row?.all ?? 0;
  for (let from = 1; from <= all; from += SLAB) {
    watch({ step: 'lifecycle', done: from - 1, total: all, unit: 'consumers' });
    await putSpans(
      warehouse,
      key,
      batch,
      stageSpans(rules, scope, sql`consumer BETWEEN ${from} AND ${from + SLAB - 1}`),
    );
  }
  watch({ step: 'lifecycle', done: all, total: all, unit: 'consumers' });
}
