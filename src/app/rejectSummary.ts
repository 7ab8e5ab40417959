import type { RejectSum } from '../api/data.ts';
import type { Context } from '../intake/context.ts';
import { sql } from '../warehouse/sql.ts';

/** Rejects that wait, counted by import, file, column and reason; latest import first, most rows first. */
export async function summariseRejects(
  { warehouse, registry }: Context,
  filter: { readonly import?: number | undefined; readonly file?: number | undefined },
): Promise<RejectSum[]> {
  const files = await registry.rows<{ id: number; import_id: number; name: string }>(
    `SELECT id, import_id, name FROM import_file WHERE status IN ('done', 'failed') AND rejected > 0
     AND ($1::int IS NULL OR import_id = $1::int) AND ($2::int IS NULL OR id = $2::int)`,
    [filter.import ?? null, filter.file ?? null],
  );
  if (files.length === 0) return [];
  const known = new Map(files.map((file) => [file.id, file]));
  const counts = await warehouse.rows<{ file: number; column: string; reason: string; rows: number }>(
    sql`SELECT file, column, reason, count() AS rows FROM rejects WHERE file IN ${[...known.keys()]}
      GROUP BY file, column, reason`,
  );
  return counts
    .map(({ file, ...count }) => {
      const { import_id = 0, name = '' } = known.get(file) ?? {};
      return { import: import_id, file: name, file_id: file, ...count };
    })
    .sort((a, b) => b.import - a.import || a.file_id - b.file_id || b.rows - a.rows || (a.column < b.column ? -1 : 1));
}
