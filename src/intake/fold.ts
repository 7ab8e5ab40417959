import type { Registry } from '../registry/registry.ts';
import { type Run, runsOf } from './runs.ts';

/** Rows of the ledger that are folded in one step: the embedded registry does nothing else meanwhile. */
const AT_ONCE = 1000;

interface Foldable extends Record<string, unknown> {
  readonly id: number;
  readonly import_id: number;
  readonly source: string;
  readonly entity: string;
  readonly status: 'done' | 'undone';
}

/**
 * Folds live files that ended before a moment (ISO) into one of the ledger for each import, entity and status, with their
 * sums and numbers: facts go on bearing those. Files with rejects stay, for those are replayed by their columns. Gives
 * how many rows of the ledger were folded; none when nothing is left to fold.
 */
export async function foldFiles(registry: Registry, preset: string, before: string): Promise<number> {
  return registry.transaction(async (inner) => {
    const files = await inner.rows<Foldable>(
      `SELECT id, import_id, source, entity, status FROM import_file f WHERE preset = $1 AND numbers IS NULL
       AND finished_at < $2 AND (status = 'undone' OR (status = 'done' AND rejected = 0))
       AND NOT EXISTS (SELECT 1 FROM import_file s WHERE s.same_as = f.id) ORDER BY finished_at LIMIT ${AT_ONCE} FOR UPDATE`,
      [preset, before],
    );
    for (const key of new Set(files.map(keyOf)))
      await foldGroup(
        inner,
        files.filter((file) => keyOf(file) === key),
      );
    return files.length;
  });
}

const keyOf = ({ import_id, source, entity, status }: Foldable): string =>
  JSON.stringify([import_id, source, entity, status]);

interface Folded extends Record<string, unknown> {
  readonly id: number;
  readonly numbers: readonly Run[];
}

/** Folds files of one import, entity and status into the one that stands for such already, or else into the first. */
async function foldGroup(registry: Registry, files: readonly Foldable[]): Promise<void> {
  const [first] = files;
  if (!first) return;
  const { import_id, source, entity, status } = first;
  const [known] = await registry.rows<Folded>(
    `SELECT id, numbers FROM import_file WHERE import_id = $1 AND numbers IS NOT NULL AND source = $2 AND entity = $3
     AND status = $4 FOR UPDATE`,
    [import_id, source, entity, status],
  );
  const keep = known?.id ?? first.id;
  const ids = files.map(({ id }) => id);
  await registry.rows(
    `UPDATE import_file SET numbers = $2, files = s.files, read = s.read, accepted = s.accepted, duplicate = s.duplicate,
       rejected = s.rejected, unidentified = s.unidentified, seconds = s.seconds, finished_at = s.finished_at, header = NULL,
       name = (SELECT path FROM import WHERE id = $3) || ' ' || $4, path = (SELECT path FROM import WHERE id = $3) || ' ' || $4
     FROM (SELECT sum(files) AS files, sum(read) AS read, sum(accepted) AS accepted, sum(duplicate) AS duplicate,
       sum(rejected) AS rejected, sum(unidentified) AS unidentified, sum(seconds) AS seconds, max(finished_at) AS finished_at
       FROM import_file WHERE id IN (SELECT jsonb_array_elements_text($5)::int)) s
     WHERE import_file.id = $1`,
    [keep, runsOf(ids, known?.numbers), import_id, entity, [...new Set([keep, ...ids])]],
  );
  const gone = ids.filter((id) => id !== keep);
  await registry.rows('DELETE FROM import_file WHERE id IN (SELECT jsonb_array_elements_text($1)::int)', [gone]);
}

/**
 * Gives the folded files of an import rows of their own again, so that each can be taken back. Note: their counts are not
 * known one by one any more; the first has the sums.
 */
export async function unfoldFiles(registry: Registry, importId: number): Promise<void> {
  await registry.transaction(async (inner) => {
    const folded = 'import_id = $1 AND numbers IS NOT NULL';
    await inner.rows(
      `INSERT INTO import_file (id, import_id, name, path, sha256, entity, preset, source, mapping, status, unmapped,
         seconds, finished_at)
       SELECT n.number, f.import_id, f.name, f.path || ' ' || n.number, f.sha256, f.entity, f.preset, f.source, f.mapping,
         f.status, f.unmapped, 0, f.finished_at
       FROM import_file f, LATERAL ${numbersIn('f')} WHERE ${folded} AND n.number <> f.id`,
      [importId],
    );
    await inner.rows(`UPDATE import_file SET numbers = NULL, files = 1 WHERE ${folded}`, [importId]);
  });
}

/** A relation `n` of the numbers (`number`) that facts of a row of the ledger bear: its own, or of all folded into it. */
export function numbersIn(file: string): string {
  return `(SELECT generate_series((r ->> 0)::int, (r ->> 0)::int + ((r ->> 1)::int - 1) * (r ->> 2)::int, (r ->> 2)::int)
    AS number FROM jsonb_array_elements(coalesce(${file}.numbers, jsonb_build_array(jsonb_build_array(${file}.id, 1, 1)))) AS r) AS n`;
}
