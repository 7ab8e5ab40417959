import { type Lookalike, lookalikeReport } from '../../api/lookalikes.ts';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { type LookalikeModel, lookalikeModel } from '../../lookalike/model.ts';
import type { Registry } from '../../registry/registry.ts';

interface Row extends Record<string, unknown>, Omit<Lookalike, 'exclude' | 'report'> {
  readonly exclude: string;
  readonly report: string;
  readonly model: string;
}

/** A model with what it takes to score anybody. */
export interface StoredLookalike {
  readonly shown: Lookalike;
  readonly model: LookalikeModel;
}

const columns =
  'id, seed, on_day AS "on", features_on, rules, exclude, seeds, cold, others, report, model, created_at, created_by';

function storedOf({ exclude, report, model, ...row }: Row): StoredLookalike {
  return {
    shown: { ...row, exclude: JSON.parse(exclude), report: lookalikeReport.parse(JSON.parse(report)) },
    model: lookalikeModel.parse(JSON.parse(model)),
  };
}

/** Every model, newest first. */
export async function storedLookalikes(registry: Registry): Promise<StoredLookalike[]> {
  return (await registry.rows<Row>(`SELECT ${columns} FROM lookalike ORDER BY id DESC`)).map(storedOf);
}

export async function storedLookalike(registry: Registry, id: number): Promise<StoredLookalike> {
  const found = await findLookalike(registry, id);
  if (!found) throw new NotFoundError('lookalike', say('lookalike.none', { id }));
  return found;
}

export async function findLookalike(registry: Registry, id: number): Promise<StoredLookalike | undefined> {
  const [row] = await registry.rows<Row>(`SELECT ${columns} FROM lookalike WHERE id = $1`, [id]);
  return row && storedOf(row);
}

/** A number that no model has had. */
export async function nextLookalike(registry: Registry): Promise<number> {
  const [row] = await registry.rows<{ id: number }>(`SELECT nextval('lookalike_id_seq')::int AS id`);
  return row?.id ?? 0;
}

export async function insertLookalike(
  registry: Registry,
  { shown, model }: { readonly shown: Omit<Lookalike, 'created_at'>; readonly model: LookalikeModel },
): Promise<void> {
  const { id, seed, on, features_on, rules, exclude, seeds, cold, others, report, created_by } = shown;
  await registry.rows(
    `INSERT INTO lookalike (id, seed, on_day, features_on, rules, exclude, seeds, cold, others, report, model, created_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[id, seed, on, features_on, rules, JSON.stringify(exclude), seeds, cold, others],
      ...[JSON.stringify(report), JSON.stringify(model), created_by],
    ],
  );
}
