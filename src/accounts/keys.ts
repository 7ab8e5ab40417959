import type { Role } from '../api/permissions.ts';
import { ConflictError, NotFoundError } from '../base/errors.ts';
import type { Registry } from '../registry/registry.ts';
import { writeAudit } from './audit.ts';
import { nameIn } from './names.ts';
import { noteMs } from './sessions.ts';
import { digestOf, newToken } from './tokens.ts';

/** A key of a program, as lists show it. */
export interface ApiKey {
  readonly name: string;
  readonly role: Role;
  /** Only these permissions of the role's; all of them where null. */
  readonly scopes: readonly string[] | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

type KeyRow = Omit<ApiKey, 'createdAt' | 'lastUsedAt'> & {
  readonly created_at: string;
  readonly last_used_at: string | null;
};

/** A key to be made. */
export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly string[] | undefined;
}

/** Makes a key; it is told here and nowhere else. */
export async function addKey(
  registry: Registry,
  { name: given, role, scopes }: NewKey,
  by: string,
  now: Date,
): Promise<{ name: string; key: string }> {
  const name = nameIn(given);
  const key = `qk_${newToken()}`;
  await registry.transaction(async (inner) => {
    const made = await inner.rows(
      `insert into api_key (name, digest, role, scopes, created_at) values ($1, $2, $3, $4, $5)
        on conflict (name) do nothing returning name`,
      [name, digestOf(key), role, scopes ?? null, now],
    );
    if (made.length === 0)
      throw new ConflictError(
        'key_exists',
        `A key is called ${name} already. Choose another name, or remove that key.`,
      );
    await writeAudit(inner, by, 'key.add', { name, role, scopes: scopes ?? null });
  });
  return { name, key };
}

/** Every key, by name; the keys themselves are known to nobody. */
export async function keysIn(registry: Registry): Promise<ApiKey[]> {
  const rows = await registry.rows<KeyRow & Record<string, unknown>>(
    'select name, role, scopes, created_at, last_used_at from api_key order by name',
  );
  return rows.map(({ name, role, scopes, created_at, last_used_at }) => ({
    name,
    role,
    scopes,
    createdAt: created_at,
    lastUsedAt: last_used_at,
  }));
}

/** The key that was sent, where it stands; notes that it was used. */
export async function keyOf(registry: Registry, sent: string, now: Date): Promise<ApiKey | undefined> {
  const digest = digestOf(sent);
  const [row] = await registry.rows<KeyRow & Record<string, unknown>>(
    'select name, role, scopes, created_at, last_used_at from api_key where digest = $1',
    [digest],
  );
  if (!row) return undefined;
  const { name, role, scopes, created_at: createdAt, last_used_at: lastUsedAt } = row;
  if (lastUsedAt === null || now.getTime() - Date.parse(lastUsedAt) >= noteMs)
    await registry.rows('update api_key set last_used_at = $2 where digest = $1', [digest, now]);
  return { name, role, scopes, createdAt, lastUsedAt };
}

/** Takes a key back: from now on it opens nothing. */
export async function removeKey(registry: Registry, name: string, by: string): Promise<void> {
  await registry.transaction(async (inner) => {
    const gone = await inner.rows('delete from api_key where name = $1 returning name', [name]);
    if (gone.length === 0) throw new NotFoundError('key', `No key is called ${name}. See the list of keys.`);
    await writeAudit(inner, by, 'key.remove', { name });
  });
}
