import { scopeOf, sealedDigests, shown } from '../identity/identifier.ts';
import { type IdentityRules, typeOf } from '../identity/types.ts';
import type { IdColumn } from '../sources/compile.ts';
import { type Fragment, id, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The home's keys, in hex: one a purpose, all made from the home's own. */
export interface Keys {
  readonly identifier: string;
  readonly digest: string;
  readonly reject: string;
  readonly identity: IdentityRules;
}

/**
 * Keeps what the identifiers of turned rows are: a type and a value, the keyed hash where the type is personal, and for
 * those the digests that platforms match on, sealed. Identifiers already kept are left alone.
 */
export async function keepIdentifiers(
  warehouse: Warehouse,
  turned: Fragment,
  ids: readonly IdColumn[],
  keys: Keys,
  source: string,
): Promise<void> {
  for (const each of ids) {
    const place = { name: each.type, type: typeOf(keys.identity, each.type), source };
    const number = id(each.number);
    const value = id(each.value);
    const known = (table: Fragment) => sql`${number} NOT IN (SELECT ident FROM ${table}
      WHERE ident IN (SELECT ${number} FROM ${turned}))`;
    const fresh = (table: Fragment) => sql`(SELECT ${number}, any(${value}) AS ${value} FROM ${turned}
      WHERE why = '' AND ${number} != 0 AND ${known(table)} GROUP BY ${number})`;
    await warehouse.run(sql`INSERT INTO identifiers (ident, type, scope, value)
      SELECT ${number}, ${each.type}, ${scopeOf(place)}, ${shown(value, place, keys.identifier)}
      FROM ${fresh(id('identifiers'))}`);
    if (place.type.personal)
      await warehouse.run(sql`INSERT INTO digests (ident, sealed)
        SELECT ${number}, ${sealedDigests(value, place, keys)} FROM ${fresh(id('digests'))}`);
  }
}
