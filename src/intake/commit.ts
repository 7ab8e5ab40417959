import { people } from '../identity/people.ts';
import { entities } from '../model/entities.ts';
import { empty, type Fragment, id, sql } from '../warehouse/sql.ts';
import type { Context, StagedFile } from './context.ts';
import { type Counts, putFacts, removeFacts } from './facts.ts';
import { clearState, nextCommit, readState, writeState } from './journal.ts';
import { updateFile } from './ledger.ts';
import { findOrphans, forgetWork, identify, unidentify } from './people.ts';
import { removeFile } from './remove.ts';
import { dropStage } from './stage.ts';

/** Makes a staged file's rows facts of their consumers. Safe to repeat after a kill at any moment. */
export async function commitFile(context: Context, file: StagedFile): Promise<Counts> {
  return context.gate.alone(async () => {
    await writeState(context.registry, FILLING, { file: file.id });
    const commit = await nextCommit(context.registry);
    await identify(context, file, commit);
    const counts = await putFacts(context, file);
    await touch(context, file.entity, file.id, commit);
    await clearState(context.registry, FILLING);
    return counts;
  });
}

/** Takes a file back as if it had never been, and notes it as undone; `finishRetract` ends it after a kill. */
export async function retractFile(
  context: Context,
  { id: file, entity }: { id: number; entity: StagedFile['entity'] },
): Promise<void> {
  await context.gate.alone(async () => {
    await writeState(context.registry, RETRACT, { file, entity });
    await finishRetract(context);
  });
}

/** Ends the taking back of a file that has begun, if one has. Safe to repeat after a kill at any moment. */
export async function finishRetract(context: Context): Promise<void> {
  const pending = await readState<Retract>(context.registry, RETRACT);
  if (!pending) return;
  const { registry, warehouse } = context;
  const { file, entity } = pending;
  const commit = await nextCommit(registry);
  await touch(context, entity, file, commit);
  await removeFacts(context, entities[entity].table, file);
  if (!pending.orphaned) {
    await findOrphans(context, file);
    await writeState(registry, RETRACT, { ...pending, orphaned: true });
  }
  await unidentify(context, file, commit);
  await removeFile(warehouse, 'rejects', file);
  await dropStage(warehouse, file);
  await updateFile(registry, file, { status: 'undone' });
  await clearState(registry, FILLING);
  await clearState(registry, RETRACT);
  await forgetWork(context);
}

const RETRACT = 'retract';
/** A file whose rows are on their way among the facts. */
const FILLING = 'filling';

/** A file on its way out. */
interface Retract {
  readonly file: number;
  readonly entity: StagedFile['entity'];
  /** What stands on no other file is noted down: from there on its cards may be gone. */
  readonly orphaned?: boolean;
}

/** Remembers whose facts a file changes, and from which day on; consumer 0 stands for everybody. */
async function touch(
  { warehouse, brands }: Context,
  entity: StagedFile['entity'],
  file: number,
  commit: number,
): Promise<void> {
  const { table, personal } = entities[entity];
  const number = sql`toUInt32(${commit})`;
  // Note: a profile has no day and is no part of a life: what is kept of lives need not know that it has changed.
  const isProfile = entity === 'consumers';
  const changed = (consumers: Fragment) =>
    isProfile || entity === 'items'
      ? warehouse.run(sql`INSERT INTO touched_profiles (commit, consumer) ${consumers}`)
      : warehouse.run(sql`INSERT INTO touched (commit, consumer, day) ${consumers}`);
  if (entity === 'items') {
    await changed(sql`SELECT ${number}, toUInt32(0)`);
    if (brands.length > 0)
      await warehouse.run(sql`INSERT INTO touched (commit, consumer, day) SELECT ${number}, toUInt32(0), toDate(0)`);
  }
  if (!personal) return;
  const past = id(`${table}_past`);
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${past}`);
  const hasPast = (row?.rows ?? 0) > 0;
  const beaten = hasPast ? sql`OR key IN (SELECT key FROM ${past} WHERE file = ${file})` : empty;
  const first = isProfile ? empty : sql`, min(day)`;
  // Note: in the order of many parts, as they lie after a large import, grouping takes four times as long.
  await changed(sql`SELECT ${number}, consumer${first} FROM ${id(table)}
    WHERE consumer != 0 AND (file = ${file} ${beaten}) GROUP BY consumer SETTINGS optimize_aggregation_in_order = 0`);
  // Note: rows of the past keep the consumer they had when they lost; who they would be now stands in people.
  const lost = sql`FROM ${past} WHERE key IN (SELECT key FROM ${id(table)} WHERE file = ${file} AND key != 0)`;
  const firstLost = isProfile ? empty : sql`, (SELECT min(day) ${lost})`;
  if (hasPast)
    await changed(sql`SELECT ${number}, consumer${firstLost} FROM ${people}
      WHERE consumer != 0 AND who IN (SELECT who ${lost}) GROUP BY consumer`);
  if (entity !== 'orders') return;
  const ordered = sql`order_id IN (SELECT order_id FROM order_lines WHERE file = ${file}`;
  await changed(sql`SELECT ${number}, consumer, min(day) FROM order_heads
    WHERE consumer != 0 AND ${ordered} AND consumer = 0) GROUP BY consumer`);
  await changed(sql`SELECT ${number}, consumer, min(day) FROM events
    WHERE behavior = 'pay' AND consumer != 0 AND ${ordered}) GROUP BY consumer`);
}
