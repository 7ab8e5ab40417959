import type { ImportEntry } from '../api/data.ts';
import { NotFoundError } from '../base/errors.ts';
import type { Context } from '../intake/context.ts';
import { filesOf } from '../intake/ledger.ts';
import { type FileReport, reportOf } from '../intake/report.ts';
import { beforeOf, type Page, type PageOf, pageFrom } from './page.ts';

/** One import as the ledger has it, with the sums over its files. */
export type ImportRow = ImportEntry & Record<string, unknown>;

const entry = `SELECT i.id, i.started_at, i.path, i.source, i.status, coalesce(sum(f.files), 0) AS files,
    coalesce(sum(f.read), 0) AS read, coalesce(sum(f.accepted), 0) AS accepted,
    coalesce(sum(f.duplicate), 0) AS duplicate, coalesce(sum(f.rejected), 0) AS rejected
  FROM import i LEFT JOIN import_file f ON f.import_id = i.id AND f.status <> 'undone'`;

/** Every import, oldest first. */
export function listImports({ registry }: Context): Promise<ImportRow[]> {
  return registry.rows<ImportRow>(`${entry} GROUP BY i.id ORDER BY i.id`);
}

/** A page of imports, newest first. */
export async function importPageOf({ registry }: Context, page: PageOf): Promise<Page<ImportRow>> {
  const rows = await registry.rows<ImportRow>(
    `${entry} WHERE $1::int IS NULL OR i.id < $1::int GROUP BY i.id ORDER BY i.id DESC LIMIT $2::int`,
    [beforeOf(page), page.limit + 1],
  );
  return pageFrom(rows, page);
}

/** One import with the reports of its files; of a file that was tried again, the last. */
export async function showImport(
  { registry }: Context,
  id: number,
): Promise<ImportRow & { readonly reports: FileReport[] }> {
  const [known] = await registry.rows<ImportRow>(`${entry} WHERE i.id = $1 GROUP BY i.id`, [id]);
  if (!known) throw new NotFoundError('import', `There is no import ${id}.`);
  const files = (await filesOf(registry, id)).filter(({ status }) => known.status === 'undone' || status !== 'undone');
  const last = new Map(files.map((file) => [file.path, file]));
  return { ...known, reports: [...last.values()].map(reportOf) };
}
