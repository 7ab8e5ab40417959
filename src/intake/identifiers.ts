import { scopeOf, sealedDigests, shown } from '../identity/identifier.ts';
import { inParts } from '../identity/parts.ts';
import { type IdentityRules, typeOf } from '../identity/types.ts';
import { type IdColumn, typeNamed } from '../sources/compile.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Context, StagedFile } from './context.ts';

/** The home's keys, in hex: one a purpose, all made from the home's own. */
export interface Keys {
  readonly identifier: string;
  readonly digest: string;
  readonly reject: string;
  readonly identity: IdentityRules;
}

export function isPersonal({ identity }: Keys, type: string): boolean {
  return typeOf(identity, type).personal;
}

/**
 * Keeps the personal identifiers of turned rows, as they pass through memory: the keyed hash of each, and the digests
 * that platforms match on, sealed. Identifiers already kept are left alone.
 */
export async function keepPersonal(
  warehouse: Warehouse,
  turned: Fragment,
  ids: readonly IdColumn[],
  keys: Keys,
  source: string,
): Promise<void> {
  const personal = ids
    .filter(({ type }) => isPersonal(keys, type))
    .map((each) => ({ each, place: { name: each.type, type: typeOf(keys.identity, each.type), source } }));
  if (personal.length === 0) return;
  const fresh = (table: string, each: IdColumn) => freshIn(table, turned, each, sql`why = ''`);
  const hashes = personal.map(
    ({ each, place }) =>
      sql`SELECT ${id(each.number)}, ${each.type}, ${scopeOf(place)}, ${shown(id(each.value), place, keys.identifier)} FROM ${fresh('identifiers', each)}`,
  );
  await warehouse.run(sql`INSERT INTO identifiers (ident, type, scope, value) ${join(hashes, ' UNION ALL ')}`);
  const digests = personal.map(
    ({ each, place }) =>
      sql`SELECT ${id(each.number)}, ${sealedDigests(id(each.value), place, keys)} FROM ${fresh('digests', each)}`,
  );
  await warehouse.run(sql`INSERT INTO digests (ident, sealed) ${join(digests, ' UNION ALL ')}`);
}

/** Keeps the other identifiers of a staged file, by the columns its stage has of them. */
export async function keepPlain(
  { warehouse, keys }: Pick<Context, 'warehouse' | 'keys'>,
  { columns, source, rows }: Pick<StagedFile, 'columns' | 'source' | 'rows'>,
  stage: Fragment,
): Promise<void> {
  for (const number of columns.filter((name) => name.startsWith('ident_'))) {
    const own = number.slice('ident_'.length);
    const type = typeNamed(own);
    const each = { type, number, value: `norm_${own}` };
    const place = { name: type, type: typeOf(keys.identity, type), source };
    const [row] = await warehouse.rows<{ kept: number }>(sql`SELECT count() AS kept FROM identifiers`);
    const isFirst = row?.kept === 0;
    await inParts(rows, id(number), (which) =>
      warehouse.run(sql`INSERT INTO identifiers (ident, type, scope, value) SELECT ${id(number)}, ${type},
        ${scopeOf(place)}, ${id(each.value)} FROM ${isFirst ? eachOnce(stage, each, which) : freshIn('identifiers', stage, each, which)}`),
    );
  }
}

/** One row an identifier of those that `which` takes. */
function eachOnce(rows: Fragment, { number, value }: IdColumn, which: Fragment): Fragment {
  return sql`(SELECT ${id(number)}, any(${id(value)}) AS ${id(value)} FROM ${rows}
    WHERE ${which} AND ${id(number)} != 0 GROUP BY ${id(number)})`;
}

/** The same, but for those that a table of identifiers has already. */
function freshIn(table: string, rows: Fragment, each: IdColumn, which: Fragment): Fragment {
  const number = id(each.number);
  const known = sql`SELECT ident FROM ${id(table)} WHERE ident IN (SELECT ${number} FROM ${rows} WHERE ${which})`;
  return eachOnce(rows, each, sql`${which} AND ${number} NOT IN (${known})`);
}
