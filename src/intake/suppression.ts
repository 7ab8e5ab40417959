import { ConflictError, NotFoundError } from '../base/errors.ts';
import type { NamedIdent } from '../identity/cuts.ts';
import { Fragment, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Context } from './context.ts';

/** An identifier whose rows are refused. */
export interface Suppression {
  readonly id: number;
  /** Type and shown form, never the value of a personal one. */
  readonly identifier: string;
  readonly made_by: string;
  readonly made_at: string;
}

/** Whether any identifier is suppressed, by warehouse: asked for every file, and nearly always no. */
const known = new WeakMap<Warehouse, boolean>();

export async function isSuppressing(warehouse: Warehouse): Promise<boolean> {
  const before = known.get(warehouse);
  if (before !== undefined) return before;
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM suppressed`);
  // Note: beside a warehouse of our own nobody else may have suppressed one meanwhile.
  if (warehouse.kind === 'embedded') known.set(warehouse, (row?.rows ?? 0) > 0);
  return (row?.rows ?? 0) > 0;
}

/** Rows with this identifier are refused from now on, from every source, and counted as rejects without their text. */
export async function suppress(
  { warehouse, registry, gate, now }: Context,
  { ident, shown }: NamedIdent,
  by: string,
): Promise<Suppression> {
  return gate.alone(async () => {
    const made = await registry.rows<Suppression & Record<string, unknown>>(
      `insert into suppression (ident, identifier, made_by, made_at) values ($1, $2, $3, $4)
        on conflict (ident) do nothing returning id, identifier, made_by, made_at`,
      [ident, shown, by, now()],
    );
    await warehouse.run(sql`INSERT INTO suppressed (ident) SELECT ${numberOf(ident)}`);
    if (warehouse.kind === 'embedded') known.set(warehouse, true);
    const [row] = made;
    if (!row) throw new ConflictError('suppressed', `${shown} is suppressed already.`);
    return row;
  });
}

/** Rows with the identifier are taken again; those refused meanwhile are not here. */
export async function unsuppress({ warehouse, registry, gate }: Context, id: number): Promise<void> {
  await gate.alone(async () => {
    const [row] = await registry.rows<{ ident: string }>(`select ident from suppression where id = $1`, [id]);
    if (!row) throw new NotFoundError('suppression', `There is no suppression ${id}. See: suppress list.`);
    await warehouse.run(
      sql`ALTER TABLE suppressed DELETE WHERE ident = ${numberOf(row.ident)} SETTINGS mutations_sync = 1`,
    );
    await registry.rows('delete from suppression where id = $1', [id]);
    known.delete(warehouse);
  });
}

export function suppressions({ registry }: Context): Promise<Suppression[]> {
  return registry.rows<Suppression & Record<string, unknown>>(
    'select id, identifier, made_by, made_at from suppression order by id desc',
  );
}

/** The number of an identifier, which came as text because it has 64 bits. */
function numberOf(ident: string): Fragment {
  if (!/^\d{1,20}$/.test(ident)) throw new Error('an identifier is no number');
  return new Fragment([`toUInt64(${ident})`]);
}
