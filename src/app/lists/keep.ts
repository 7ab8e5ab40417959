import type { ListForm } from '../../api/lists.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { blocked, type IdentifierPlace, ident, normalised } from '../../identity/identifier.ts';
import { typeOf } from '../../identity/types.ts';
import type { Context } from '../../intake/context.ts';
import { sql } from '../../warehouse/sql.ts';

/** Values of a file, and the different ones of them that can name somebody. */
export interface Kept {
  readonly given: number;
  readonly usable: number;
}

/** What identifiers of a list are told apart by; refused where a source would have to be named, or a hash known. */
export function placeOf({ keys }: Context, name: string, form: ListForm): IdentifierPlace {
  const type = typeOf(keys.identity, name);
  if (!type.everywhere) throw new InputError('list_type', say('list.type', { type: name }));
  if (form !== 'plain' && !type.personal) throw new InputError('list_form', say('list.form', { type: name }));
  return { name, type, source: '' };
}

/** Keeps identifiers by the number they have, or would have, in this home. */
export async function keepPlain(
  { warehouse, keys }: Context,
  list: number,
  place: IdentifierPlace,
  pages: AsyncIterable<string[]>,
): Promise<Kept> {
  let given = 0;
  for await (const page of pages) {
    given += page.filter((value) => value.trim() !== '').length;
    const plain = normalised(sql`raw`, place.type);
    await warehouse.run(sql`INSERT INTO list_idents (list, ident)
      SELECT DISTINCT toUInt32(${list}), ${ident(sql`plain`, place, keys.identifier)}
      FROM (SELECT ${plain} AS plain FROM (SELECT arrayJoin(${page}) AS raw)) WHERE NOT ${blocked(sql`plain`)}`);
  }
  const [row] = await warehouse.rows<{ usable: number }>(
    sql`SELECT uniqExact(ident) AS usable FROM list_idents WHERE list = ${list}`,
  );
  return { given, usable: row?.usable ?? 0 };
}

/** Bytes of the nonce that a sealed digest begins with, and of the MD5 that its content begins with. */
const NONCE = 12;
const MD5 = 16;

/** Keeps the identifiers of this home that such hashes are of; a hash of nobody known cannot be kept. */
export async function keepHashed(
  { warehouse, keys }: Context,
  list: number,
  { place, form }: { readonly place: IdentifierPlace; readonly form: Exclude<ListForm, 'plain'> },
  pages: AsyncIterable<string[]>,
): Promise<Kept> {
  let given = 0;
  const digits = form === 'md5' ? 32 : 64;
  try {
    for await (const page of pages) {
      const hashes = page.map((value) => value.trim()).filter((value) => value !== '');
      given += hashes.length;
      const right = hashes.filter((hash) => hash.length === digits && /^[0-9a-f]+$/i.test(hash));
      if (right.length === 0) continue;
      await warehouse.run(sql`INSERT INTO list_hashes (list, hash)
        SELECT DISTINCT toUInt32(${list}), upper(arrayJoin(${right}))`);
    }
    const [row] = await warehouse.rows<{ usable: number }>(
      sql`SELECT uniqExact(hash) AS usable FROM list_hashes WHERE list = ${list}`,
    );
    const opened = sql`decrypt('aes-256-gcm', substring(sealed, ${NONCE + 1}), unhex(${keys.digest}), substring(sealed, 1, ${NONCE}))`;
    const digest = form === 'md5' ? sql`substring(${opened}, 1, ${MD5})` : sql`substring(${opened}, ${MD5 + 1})`;
    const typed = sql`SELECT ident FROM identifiers WHERE type = ${place.name}`;
    await warehouse.run(sql`INSERT INTO list_idents (list, ident) SELECT DISTINCT toUInt32(${list}), ident FROM digests
      WHERE ident IN (${typed}) AND hex(${digest}) IN (SELECT hash FROM list_hashes WHERE list = ${list})`);
    return { given, usable: row?.usable ?? 0 };
  } finally {
    await warehouse.run(sql`DELETE FROM list_hashes WHERE list = ${list}`);
  }
}
