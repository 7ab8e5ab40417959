import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { defaultIdentity } from '../identity/types.ts';
import type { EntityName } from '../model/entities.ts';
import { EmbeddedWarehouse } from '../warehouse/embedded.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { compileIntake, type Intake } from './compile.ts';
import type { Cell } from './mapping.ts';

export const key = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
export const now = '2026-07-01T00:00:00.000Z';

/** An engine without tables, in a folder that goes with it. */
export function bareWarehouse(): Warehouse & { end(): Promise<void> } {
  const folder = mkdtempSync(path(tmpdir(), 'turning-'));
  const warehouse = new EmbeddedWarehouse(folder);
  const end = async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  };
  return Object.assign(warehouse, { end });
}

/** How rows of an entity are turned where a test says nothing else. */
export function intakeOf(
  entity: EntityName,
  columns: Readonly<Record<string, Cell>>,
  more: Partial<Intake> = {},
): Intake {
  const file = [...new Set(Object.values(columns).filter((rule) => typeof rule === 'string'))];
  return {
    mapping: { entity, columns },
    columns: file,
    source: 'test',
    clock: { zone: 'Asia/Shanghai', now },
    identity: defaultIdentity,
    identifierKey: key,
    ...more,
  };
}

/** Rows of a file, turned: `what` of each, in the order of the lines. */
export async function turn(
  warehouse: Warehouse,
  intake: Intake,
  rows: readonly (readonly string[])[],
  what: Fragment,
): Promise<Row[]> {
  const cells = join(
    intake.columns.map((_, i) => sql`cells[${i + 1}] AS ${id(`c${i}`)}`),
    ', ',
  );
  const file = sql`(SELECT number AS line, ${cells}
    FROM (SELECT arrayJoin(arrayZip(arrayEnumerate(rows), rows)) AS row, toUInt64(row.1) AS number, row.2 AS cells
      FROM (SELECT ${rows.map((row) => [...row])} AS rows)))`;
  return warehouse.rows(sql`SELECT ${what} FROM (${compileIntake(intake).select(file)}) ORDER BY line`);
}
