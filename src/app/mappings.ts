import type { SavedMapping } from '../api/data.ts';
import { InputError, NotFoundError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import type { Registry } from '../registry/registry.ts';
import { checkMapping } from '../sources/recognise.ts';

type Row = SavedMapping & Record<string, unknown>;

const saved = 'SELECT name, body AS mapping, created_at AS "createdAt", created_by AS "createdBy" FROM mapping';

/** Every saved mapping by name. */
export function listMappings(registry: Registry): Promise<SavedMapping[]> {
  return registry.rows<Row>(`${saved} ORDER BY name`);
}

export async function mappingNamed(registry: Registry, name: string): Promise<SavedMapping> {
  const [row] = await registry.rows<Row>(`${saved} WHERE name = $1`, [name]);
  if (!row) throw new NotFoundError('mapping', say('mapping.saved'));
  return row;
}

/** Keeps a mapping, in place of the one that had the name. */
export async function saveMapping(
  registry: Registry,
  given: { readonly name: string; readonly mapping: unknown; readonly by: string; readonly now: string },
): Promise<SavedMapping> {
  const name = given.name.trim();
  if (name === '' || name.length > 100 || /\p{C}/u.test(name))
    throw new InputError('mapping_name', 'A mapping has a name of 1 to 100 visible letters.');
  await registry.rows(
    `INSERT INTO mapping (name, body, created_at, created_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET body = excluded.body, created_at = excluded.created_at, created_by = excluded.created_by`,
    [name, checkMapping(given.mapping), given.now, given.by],
  );
  return mappingNamed(registry, name);
}

export async function removeMapping(registry: Registry, name: string): Promise<void> {
  await mappingNamed(registry, name);
  await registry.rows('DELETE FROM mapping WHERE name = $1', [name]);
}
