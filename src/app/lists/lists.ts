import { writeAudit } from '../../accounts/audit.ts';
import type { IdList, NewIdList } from '../../api/lists.ts';
import type { Rule } from '../../audiences/rule.ts';
import { ConflictError, InputError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import type { Registry } from '../../registry/registry.ts';
import { sql } from '../../warehouse/sql.ts';
import { namedBy } from '../lookalikes/lookalikes.ts';
import { keepHashed, keepPlain, placeOf } from './keep.ts';
import { openValues, type Values } from './values.ts';

type Stored = Omit<IdList, 'matched' | 'consumers'>;

const columns = 'id, name, id_type, form, given, usable, created_at, created_by';

/** Takes a file of identifiers under a name: only what they are known by in this home is kept, never the values. */
export async function uploadList(context: Context, path: string, given: NewIdList, actor: string): Promise<IdList> {
  const { registry, warehouse } = context;
  const { name, id: type, form = 'plain', column } = given;
  const place = placeOf(context, type, form);
  const [row] = await registry.rows<{ id: number }>(
    `INSERT INTO id_list (name, id_type, form, given, usable, created_by) VALUES ($1, $2, $3, 0, 0, $4)
      ON CONFLICT (name) DO NOTHING RETURNING id`,
    [name, type, form, actor],
  );
  if (!row) throw new ConflictError('list_name', say('list.name', { name }));
  try {
    const values = await openValues(path, column);
    const kept = await (form === 'plain'
      ? keepPlain(context, row.id, place, values.pages)
      : keepHashed(context, row.id, { place, form }, values.pages));
    const found = { usable: kept.usable, given: kept.given + values.broken() };
    if (found.given === 0) throw new InputError('list_empty', say('list.empty', { name }));
    if (found.usable === 0) throw unusable(values, type, found.given);
    await registry.rows('UPDATE id_list SET given = $2, usable = $3 WHERE id = $1', [
      row.id,
      found.given,
      found.usable,
    ]);
  } catch (error) {
    await registry.rows('DELETE FROM id_list WHERE id = $1', [row.id]);
    await warehouse.run(sql`DELETE FROM list_idents WHERE list = ${row.id}`);
    throw error;
  }
  await writeAudit(registry, actor, 'list.upload', { id: row.id });
  return showList(context, row.id);
}

/** Note: a column without a digit in its name is told; another may be a value, which is not. */
function unusable({ column, columns }: Values, type: string, given: number): InputError {
  const known = columns.filter((each) => !/[0-9]/.test(each));
  const of = { given, type, column: known.includes(column) ? column : '1', columns: known.join(', ') || '–' };
  return new InputError('list_unusable', say('list.unusable', of));
}

/** Every list by name, and how much of it is known here now. */
export async function idLists(context: Context): Promise<IdList[]> {
  const stored = await context.registry.rows<Stored & Record<string, unknown>>(
    `SELECT ${columns} FROM id_list ORDER BY name`,
  );
  return matched(context, stored);
}

export async function showList(context: Context, id: number): Promise<IdList> {
  const [found] = await matched(context, [await storedList(context.registry, id)]);
  if (!found) throw new NotFoundError('list', say('list.none', { name: String(id) }));
  return found;
}

async function storedList(registry: Registry, which: number | string): Promise<Stored> {
  const by = typeof which === 'number' ? 'id' : 'name';
  const [row] = await registry.rows<Stored & Record<string, unknown>>(
    `SELECT ${columns} FROM id_list WHERE ${by} = $1`,
    [which],
  );
  if (!row) throw new NotFoundError('list', say('list.none', { name: String(which) }));
  return row;
}

async function matched({ warehouse, gate }: Context, stored: readonly Stored[]): Promise<IdList[]> {
  const counts = await gate.shared(() =>
    warehouse.rows<{ list: number; matched: number; consumers: number }>(
      sql`SELECT l.list AS list, uniqExact(l.ident) AS matched, uniqExact(p.consumer) AS consumers
        FROM (SELECT * FROM list_idents WHERE list IN ${stored.map(({ id }) => id)}) AS l
        INNER JOIN (SELECT * FROM ${people} WHERE consumer != 0) AS p ON p.who = l.ident GROUP BY list`,
    ),
  );
  return stored.map((each) => {
    const { matched: known = 0, consumers = 0 } = counts.find(({ list }) => list === each.id) ?? {};
    return { ...each, matched: known, consumers };
  });
}

/** Forgets a list; one that stands in the rule of an audience stays. */
export async function removeList(context: Context, which: number | string, actor: string): Promise<void> {
  const { registry, warehouse } = context;
  const { id, name } = await storedList(registry, which);
  const users = await namedBy(context, (rule) => listsIn(rule).includes(name));
  if (users !== '') throw new ConflictError('list_used', say('list.used', { name, users }));
  await registry.rows('DELETE FROM id_list WHERE id = $1', [id]);
  await warehouse.run(sql`DELETE FROM list_idents WHERE list = ${id}`);
  await writeAudit(registry, actor, 'list.remove', { id });
}

/** Numbers of the lists that rules name. */
export async function listsFor({ registry }: Context, rules: readonly Rule[]): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, number>();
  for (const name of new Set(rules.flatMap(listsIn))) known.set(name, (await storedList(registry, name)).id);
  return known;
}

const listsIn = ({ kind, body, parts }: Rule): string[] => [
  ...(kind.name === 'list' ? [String(body)] : []),
  ...parts.flatMap(listsIn),
];
