import type { EntityName } from '../model/entities.ts';
import type { Registry } from '../registry/registry.ts';
import type { Mapping } from '../sources/mapping.ts';

/** One file of one import, as the registry keeps it. */
export interface LedgerFile {
  readonly id: number;
  readonly import_id: number;
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly entity: EntityName;
  readonly preset: string;
  readonly source: string;
  readonly mapping: Mapping;
  readonly status: 'reading' | 'staged' | 'committing' | 'done' | 'undone' | 'failed' | 'skipped' | 'same';
  readonly batches: number;
  readonly last_line: number;
  readonly read: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly unmapped: readonly string[];
  readonly seconds: number;
  readonly message: string | null;
  readonly same_as: number | null;
  /** The file's own columns, and what separates them where it is text: to read its rejects again. */
  readonly header: readonly string[] | null;
  readonly delimiter: string | null;
}

export async function startImport(
  registry: Registry,
  path: string,
  source: string | undefined,
  now: string,
): Promise<number> {
  const [row] = await registry.rows<{ id: number }>(
    `INSERT INTO import (path, source, started_at, status) VALUES ($1, $2, $3, 'running') RETURNING id`,
    [path, source ?? null, now],
  );
  if (!row) throw new Error('the registry gave no import number');
  return row.id;
}

/** Opens an import that was cut short again; false where there is none, or it has been taken back. */
export async function resumeImport(registry: Registry, id: number): Promise<boolean> {
  const rows = await registry.rows(
    `UPDATE import SET status = 'running', finished_at = NULL WHERE id = $1 AND status <> 'undone' RETURNING id`,
    [id],
  );
  return rows.length > 0;
}

export async function endImport(
  registry: Registry,
  id: number,
  status: 'done' | 'failed',
  now: string,
  report: unknown,
): Promise<void> {
  await registry.rows('UPDATE import SET status = $2, finished_at = $3, report = $4 WHERE id = $1', [
    id,
    status,
    now,
    report,
  ]);
}

export type NewFile = Pick<
  LedgerFile,
  'import_id' | 'name' | 'path' | 'sha256' | 'entity' | 'preset' | 'source' | 'mapping' | 'status'
>;

export async function addFile(registry: Registry, file: NewFile & { unmapped: readonly string[] }): Promise<number> {
  const [row] = await registry.rows<{ id: number }>(
    `INSERT INTO import_file (import_id, name, path, sha256, entity, preset, source, mapping, status, unmapped, read, accepted, duplicate, rejected, seconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0, 0, 0) RETURNING id`,
    [
      file.import_id,
      file.name,
      file.path,
      file.sha256,
      file.entity,
      file.preset,
      file.source,
      file.mapping,
      file.status,
      file.unmapped,
    ],
  );
  if (!row) throw new Error('the registry gave no file number');
  return row.id;
}

const changeable = [
  'import_id',
  'status',
  'batches',
  'last_line',
  'read',
  'accepted',
  'duplicate',
  'rejected',
  'unidentified',
  'seconds',
  'message',
  'same_as',
  'entity',
  'mapping',
  'preset',
  'unmapped',
  'header',
  'delimiter',
  'finished_at',
] as const;
type Change = Partial<Record<(typeof changeable)[number], unknown>>;

export async function updateFile(registry: Registry, id: number, change: Change): Promise<void> {
  const names = changeable.filter((name) => name in change);
  const sets = names.map((name, i) => `${name} = $${i + 2}`).join(', ');
  await registry.rows(`UPDATE import_file SET ${sets} WHERE id = $1`, [id, ...names.map((name) => change[name])]);
}

/** A live file of the same content and source: done, or begun and not finished. */
export async function findTwin(registry: Registry, source: string, sha256: string): Promise<LedgerFile | undefined> {
  const [row] = await registry.rows<LedgerFile & Record<string, unknown>>(
    `SELECT * FROM import_file WHERE source = $1 AND sha256 = $2 AND status IN ('done', 'reading', 'staged', 'committing')
     ORDER BY id LIMIT 1`,
    [source, sha256],
  );
  return row;
}

/** Files of the same content and source that a strict import has refused: their rejects may still be kept. */
export async function failedTwins(registry: Registry, source: string, sha256: string): Promise<number[]> {
  const rows = await registry.rows<{ id: number }>(
    `SELECT id FROM import_file WHERE source = $1 AND sha256 = $2 AND status = 'failed'`,
    [source, sha256],
  );
  return rows.map((row) => row.id);
}

export async function filesOf(registry: Registry, importId: number): Promise<LedgerFile[]> {
  return registry.rows<LedgerFile & Record<string, unknown>>(
    'SELECT * FROM import_file WHERE import_id = $1 ORDER BY id',
    [importId],
  );
}

export async function filesIn(registry: Registry, statuses: readonly string[]): Promise<LedgerFile[]> {
  return registry.rows<LedgerFile & Record<string, unknown>>(
    'SELECT * FROM import_file WHERE status IN (SELECT jsonb_array_elements_text($1)) ORDER BY id',
    [statuses],
  );
}
