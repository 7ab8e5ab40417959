import { InputError, NotFoundError } from '../base/errors.ts';
import type { NamedIdent } from '../identity/cuts.ts';
import { blocked, ident, normalised, shown } from '../identity/identifier.ts';
import { typeOf } from '../identity/types.ts';
import type { Context } from '../intake/context.ts';
import { sql } from '../warehouse/sql.ts';

/**
 * The identifier that `type:value` names; of a personal one the value may be its hash, as consumers are shown. One that
 * nobody has brought yet is taken where its type means the same in every source. No fault repeats the value.
 */
export async function identOf(context: Context, named: string, source?: string): Promise<NamedIdent> {
  const [, type, value] = /^([a-z0-9_]+):(.+)$/s.exec(named.trim()) ?? [];
  if (type === undefined || value === undefined)
    throw new InputError('identifier', 'An identifier is given as type:value, as in phone:13800138000.');
  const found = (await kept(context, type, value)) ?? (await hashed(context, { type, value, source }));
  const [only, other] = found;
  if (only === undefined)
    throw new NotFoundError(
      'identifier',
      `No row has this identifier of type ${type}: see the identifiers of a consumer with consumer show.`,
    );
  if (other !== undefined)
    throw new InputError(
      'identifier_ambiguous',
      `Several sources have an identifier ${type} of this value, each its own: name the source too.`,
    );
  return only;
}

/** Those whose shown form it is: a hash that was shown before. */
async function kept({ warehouse }: Context, type: string, value: string): Promise<NamedIdent[] | undefined> {
  if (!/^[0-9a-f]{32}$/.test(value)) return undefined;
  const rows = await warehouse.rows<{ ident: string; value: string }>(
    sql`SELECT DISTINCT toString(ident) AS ident, value FROM identifiers WHERE type = ${type} AND value = ${value}`,
  );
  return rows.length === 0 ? undefined : rows.map((row) => ({ ident: row.ident, shown: `${type}:${row.value}` }));
}

/** The identifiers that a value is, one a source that has its own. */
async function hashed(
  context: Context,
  { type, value, source }: { type: string; value: string; source: string | undefined },
): Promise<NamedIdent[]> {
  const { warehouse, keys } = context;
  const kind = typeOf(keys.identity, type);
  const plain = normalised(sql`${value}`, kind);
  const found: NamedIdent[] = [];
  for (const scope of kind.everywhere ? [''] : await scopesOf(context, type, source)) {
    const place = { name: type, type: kind, source: scope };
    const [row] = await warehouse.rows<{ ident: string; value: string; blocked: number; known: number }>(
      sql`SELECT toString(${ident(plain, place, keys.identifier)}) AS ident, ${shown(plain, place, keys.identifier)} AS value,
        toUInt8(${blocked(plain)}) AS blocked,
        ${ident(plain, place, keys.identifier)} IN (SELECT ident FROM identifiers WHERE type = ${type}) AS known`,
    );
    if (row?.blocked === 1)
      throw new InputError('identifier_blocked', 'This value names nobody, so it links nothing as it is.');
    if (row && (kind.everywhere || row.known === 1)) found.push({ ident: row.ident, shown: `${type}:${row.value}` });
  }
  return found;
}

async function scopesOf({ warehouse }: Context, type: string, source: string | undefined): Promise<string[]> {
  const rows = await warehouse.rows<{ scope: string }>(
    sql`SELECT DISTINCT scope FROM identifiers WHERE type = ${type}`,
  );
  return rows.map(({ scope }) => scope).filter((scope) => source === undefined || scope === source);
}
