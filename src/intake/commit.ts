import { entities } from '../model/entities.ts';
import { id, sql } from '../warehouse/sql.ts';
import type { Context, StagedFile } from './context.ts';
import { type Counts, putFacts, removeFacts } from './facts.ts';
import { nextCommit } from './journal.ts';
import { identify, unidentify } from './people.ts';
import { dropStage } from './stage.ts';

/** Makes a staged file's rows facts of their consumers. Safe to repeat after a kill at any moment. */
export async function commitFile(context: Context, file: StagedFile): Promise<Counts> {
  const commit = await nextCommit(context.registry);
  await identify(context, file, commit);
  const counts = await putFacts(context, file);
  await touch(context, file.entity, file.id, commit);
  return counts;
}

/** Takes a file back as if it had never been. Safe to repeat after a kill at any moment. */
export async function retractFile(context: Context, file: { id: number; entity: StagedFile['entity'] }): Promise<void> {
  const commit = await nextCommit(context.registry);
  const { table } = entities[file.entity];
  await touch(context, file.entity, file.id, commit);
  await removeFacts(context, table, file.id);
  await unidentify(context, file.id, commit);
  await context.warehouse.run(sql`DELETE FROM rejects WHERE file = ${file.id}`);
  await dropStage(context.warehouse, file.id);
}

/** Remembers whose facts a file changes; consumer 0 stands for everybody. */
async function touch(
  { warehouse, brands }: Context,
  entity: StagedFile['entity'],
  file: number,
  commit: number,
): Promise<void> {
  const { table, personal } = entities[entity];
  const number = sql`toUInt32(${commit})`;
  if (entity === 'items' && brands.length > 0)
    await warehouse.run(sql`INSERT INTO touched (commit, consumer) SELECT ${number}, toUInt32(0)`);
  if (!personal || entity === 'consumers') return;
  await warehouse.run(sql`INSERT INTO touched (commit, consumer)
    SELECT ${number}, consumer FROM ${id(table)} WHERE consumer != 0 AND (file = ${file}
      OR key IN (SELECT key FROM ${id(`${table}_past`)} WHERE file = ${file})) GROUP BY consumer`);
  await warehouse.run(sql`INSERT INTO touched (commit, consumer)
    SELECT ${number}, consumer FROM ${id(`${table}_past`)} WHERE consumer != 0 AND key IN (
      SELECT key FROM ${id(table)} WHERE file = ${file} AND key != 0) GROUP BY consumer`);
  if (entity === 'orders')
    await warehouse.run(sql`INSERT INTO touched (commit, consumer)
      SELECT ${number}, consumer FROM order_heads WHERE consumer != 0 AND order_id IN (
        SELECT order_id FROM order_lines WHERE file = ${file} AND consumer = 0) GROUP BY consumer`);
  if (entity === 'orders')
    await warehouse.run(sql`INSERT INTO touched (commit, consumer)
      SELECT ${number}, consumer FROM events WHERE behavior = 'pay' AND consumer != 0 AND order_id IN (
        SELECT order_id FROM order_lines WHERE file = ${file}) GROUP BY consumer`);
}
