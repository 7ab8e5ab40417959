import { UnavailableError } from '../base/errors.ts';
import { type Fragment, sql } from './sql.ts';
import type { Holder, OnParts, Warehouse } from './warehouse.ts';

/** What the engine sets aside of a disk, beyond the bytes of the part that it makes anew. */
const MARGIN = 1.1;
const LEAST_BYTES = 4 * 2 ** 20;

/** Takes the rows of a table out that `which` says. */
export async function deleteRows(
  warehouse: Warehouse,
  table: string,
  which: Fragment,
  options?: OnParts,
): Promise<void> {
  await requireRoom(warehouse, table);
  await warehouse.onParts(table, (part) => sql`DELETE FROM ${part} WHERE ${which}`, options);
}

/**
 * Refuses to take rows out where a disk has no room for the largest part once more. Note: a DELETE that finds no room
 * neither ends nor fails (26.7), and no limit of time holds for it.
 */
async function requireRoom({ holders }: Warehouse, table: string): Promise<void> {
  for (const holder of holders) {
    const [row] = await holder.rows<{ part: number; free: number }>(
      sql`SELECT (SELECT max(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase()
            AND table IN (${table}, ${`${table}_local`})) AS part,
          (SELECT min(unreserved_space) FROM system.disks) AS free`,
    );
    if (row && row.part > 0 && row.free < row.part * MARGIN + LEAST_BYTES) throw fullDisk(holder, row.free);
  }
}

/** A disk that has no room for what is to be written, by the server it belongs to. */
export function fullDisk({ host }: Pick<Holder, 'host'>, free: number): UnavailableError {
  const whose = host === '' ? 'the warehouse' : `the ClickHouse server ${host}`;
  const left = Math.floor(free / 2 ** 20);
  return new UnavailableError(
    'disk_full',
    `The disk of ${whose} is full (${left} MB free): make room there, then do it again; nothing counts twice.`,
  );
}
