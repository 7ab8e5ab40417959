import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { writeAudit } from '../accounts/audit.ts';
import { ConflictError, InputError, NotFoundError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import type { Context } from '../intake/context.ts';
import type { Registry } from '../registry/registry.ts';
import type { Everybody } from './answers.ts';

/** Consumers that one saved set may hold. */
const MOST = 20_000_000;

/** People behind a number, saved under a name: the consumers of that moment. */
export interface SavedPeople extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly as_of: string;
  readonly rules: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

const columns = `id, name, analysis, params, "row", count, as_of, rules, created_at AS "createdAt", created_by AS "createdBy"`;

/** Saves everybody behind a number under a name that is not taken. */
export async function savePeople(
  { registry }: Context,
  actor: string,
  { name, analysis, people }: { readonly name: string; readonly analysis: string; readonly people: Everybody },
): Promise<SavedPeople> {
  if (people.consumers.length > MOST) throw new InputError('people_many', say('people.many', { most: MOST }));
  return registry.transaction(async (within) => {
    const [row] = await within.rows<SavedPeople>(
      `INSERT INTO saved_people (name, analysis, params, "row", count, members, as_of, rules, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name) DO NOTHING RETURNING ${columns}`,
      [
        name,
        analysis,
        people.params,
        people.row,
        people.consumers.length,
        packed(people.consumers),
        people.as_of,
        people.rules,
        actor,
      ],
    );
    if (!row) throw new ConflictError('people_name', say('people.name', { name }));
    await writeAudit(within, actor, 'people.save', { id: row.id, analysis, count: row.count });
    return row;
  });
}

/** Saved people from the latest on; `cursor` is the number of the last of the page before. */
export async function listSavedPeople(
  { registry }: Context,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: SavedPeople[]; next?: string }> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new InputError('cursor', 'The cursor is not one that this list gave.');
  const rows = await registry.rows<SavedPeople>(
    `SELECT ${columns} FROM saved_people WHERE $1::int IS NULL OR id < $1::int ORDER BY id DESC LIMIT $2::int`,
    [cursor === undefined ? null : Number(cursor), limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, next: String(last.id) } : { items };
}

export async function savedPeopleOf({ registry }: Context, id: number): Promise<SavedPeople> {
  const [row] = await registry.rows<SavedPeople>(`SELECT ${columns} FROM saved_people WHERE id = $1`, [id]);
  if (!row) throw missing(id);
  return row;
}

/** The consumers of a saved set, in order. */
export async function membersOf({ registry }: Context, id: number): Promise<Uint32Array> {
  const [row] = await registry.rows<{ members: string }>('SELECT members FROM saved_people WHERE id = $1', [id]);
  if (!row) throw missing(id);
  return unpacked(row.members);
}

export async function deleteSavedPeople({ registry }: Context, actor: string, id: number): Promise<void> {
  await registry.transaction(async (within: Registry) => {
    const rows = await within.rows('DELETE FROM saved_people WHERE id = $1 RETURNING id', [id]);
    if (rows.length === 0) throw missing(id);
    await writeAudit(within, actor, 'people.delete', { id });
  });
}

function missing(id: number): NotFoundError {
  return new NotFoundError('people', `There are no saved people ${id}: see the list of saved people.`);
}

/** Ascending numbers as the gaps between them, compressed. */
function packed(consumers: Uint32Array): string {
  const gaps = consumers.map((each, i) => each - (consumers[i - 1] ?? 0));
  return deflateRawSync(new Uint8Array(gaps.buffer)).toString('base64');
}

function unpacked(text: string): Uint32Array {
  const bytes = inflateRawSync(Buffer.from(text, 'base64'));
  const gaps = new Uint32Array(new Uint8Array(bytes).buffer);
  let before = 0;
  return gaps.map((gap) => (before += gap));
}
