import { dayIn } from '../../base/day.ts';
import type { Context } from '../../intake/context.ts';

/** The import that the live events of a source belong to: one a business day, so that a day can be taken back. */
export async function liveImport({ registry, zone, now }: Context, source: string): Promise<number> {
  const path = `live ${dayIn(zone, new Date(now()))}`;
  const [known] = await registry.rows<{ id: number }>(
    `select id from import where path = $1 and source = $2 and status = 'done' order by id desc limit 1`,
    [path, source],
  );
  if (known) return known.id;
  const [made] = await registry.rows<{ id: number }>(
    `insert into import (path, source, started_at, finished_at, status) values ($1, $2, $3, $3, 'done') returning id`,
    [path, source, now()],
  );
  if (!made) throw new Error('the registry gave no import number');
  return made.id;
}
