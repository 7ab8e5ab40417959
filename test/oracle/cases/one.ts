import type { Case } from '../cases.ts';
import type { Stage } from '../stage.ts';
import type { Row, Rows } from '../world.ts';

/** The day the cases of one consumer ask for. */
export const on = '2026-06-30';

/** A case of one consumer, known by `id_user`, whose stage as of `on` is expected. */
export function one(
  id_user: string,
  stage: Stage | 'none',
  name: string,
  rows: (id_user: string) => Partial<Rows>,
): Case {
  return { name, rows: rows(id_user), on, expect: { stages: { [id_user]: stage } } };
}

export const events = (...rows: Row[]): Partial<Rows> => ({ events: rows });
export const orders = (...rows: Row[]): Partial<Rows> => ({ orders: rows });
