import { randomBytes } from 'node:crypto';
import { writeAudit } from '../../accounts/audit.ts';
import type { NewPush, Push } from '../../api/pushes.ts';
import { ConflictError, InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Destination } from '../../destinations/destination.ts';
import type { Context } from '../../intake/context.ts';
import { isPersonal } from '../../intake/identifiers.ts';
import { sql } from '../../warehouse/sql.ts';
import { storedAudience } from '../audiences/stored.ts';
import { openedDestination, type Places } from './places.ts';
import { allPushes, lastRun, SHARE, type StoredPush, shownPush, storedPush } from './stored.ts';
import { nextTime } from './when.ts';

/** Pushes by name, each with its last run. */
export async function listPushes({ registry }: Context): Promise<Push[]> {
  return Promise.all((await allPushes(registry)).map((each) => shown(registry, each)));
}

export async function showPush({ registry }: Context, which: string | number): Promise<Push> {
  return shown(registry, await storedPush(registry, which));
}

const shown = async (registry: Context['registry'], stored: StoredPush): Promise<Push> =>
  shownPush(stored, await lastRun(registry, stored.id));

/** Makes a push; nothing is sent yet. */
export async function createPush(context: Context, places: Places, given: NewPush, actor: string): Promise<Push> {
  const { registry } = context;
  const {
    name,
    audience,
    minimum = 100,
    cap = null,
    purpose = null,
    exclude = [],
    trigger = 'manual',
    cron = null,
  } = given;
  const destination = await openedDestination(places, given.destination);
  for (const each of [audience, ...exclude]) await storedAudience(registry, each);
  const identifiers = identifiersOf(context, destination.kind, given.identifiers);
  const isTimed = trigger === 'schedule';
  if (isTimed !== (cron !== null)) throw new InputError('push_cron', say('push.cron'));
  const next = cron === null ? null : nextTime(cron, context.zone, new Date(context.now()));
  const holdout = Math.round((given.holdout ?? 0.1) * SHARE);
  const seed = randomBytes(16).toString('hex');
  const [row] = await registry.rows<{ id: number }>(
    `INSERT INTO push (name, destination_id, audience, identifiers, holdout, seed, minimum, cap, purpose, exclude, trigger, cron, next_at, created_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (name) DO NOTHING RETURNING id`,
    [
      name,
      destination.id,
      audience,
      identifiers,
      holdout,
      seed,
      minimum,
      cap,
      purpose,
      exclude,
      trigger,
      cron,
      next,
      actor,
    ],
  );
  if (!row) throw new ConflictError('push_name', say('push.name', { name }));
  await writeAudit(registry, actor, 'push.create', { id: row.id, kind: destination.kind.id, holdout: holdout / SHARE });
  return showPush(context, row.id);
}

/** The identifiers of a push: those asked for, of what the destination takes; of a personal type no value leaves the home. */
function identifiersOf({ keys }: Context, kind: Destination, asked: readonly string[] | undefined): string[] {
  const isPossible = (key: string) => {
    const [type = '', form = ''] = key.split(':');
    return form !== 'plain' || !isPersonal(keys, type);
  };
  const named = kind.identifiers.filter(({ type }) => type !== '*').map(({ type, form }) => `${type}:${form}`);
  const chosen = [...new Set(asked ?? named.filter(isPossible))];
  const known = kind.identifiers.map(({ type, form }) => `${type}:${form}`).join(', ');
  if (chosen.length === 0) throw new InputError('push_identifiers', say('push.choose', { known }));
  for (const each of chosen) {
    const [type = '', form = ''] = each.split(':');
    if (!kind.identifiers.some((one) => one.form === form && (one.type === type || one.type === '*')))
      throw new InputError('push_identifiers', say('push.identifier', { identifier: each, kind: kind.id, known }));
    if (!isPossible(each)) throw new InputError('push_identifiers', say('push.plain', { type }));
  }
  return chosen;
}

/** Switches what a push does by itself on or off; what was missed while off is not made up for. */
export async function changePush(
  context: Context,
  which: string | number,
  enabled: boolean,
  actor: string,
): Promise<Push> {
  const { registry } = context;
  const { id, cron } = await storedPush(registry, which);
  const next = enabled && cron !== null ? nextTime(cron, context.zone, new Date(context.now())) : null;
  await registry.rows('UPDATE push SET enabled = $2, next_at = $3 WHERE id = $1', [id, enabled, next]);
  await writeAudit(registry, actor, 'push.change', { id, enabled });
  return showPush(context, id);
}

/** Forgets a push with its log and its groups; what stands at the destination stays there. */
export async function removePush(context: Context, which: string | number, actor: string): Promise<void> {
  const { registry, warehouse } = context;
  const { id } = await storedPush(registry, which);
  await registry.locks.alone('pushes', async () => {
    await registry.rows('DELETE FROM push WHERE id = $1', [id]);
    await writeAudit(registry, actor, 'push.remove', { id });
    await warehouse.run(sql`DELETE FROM push_members WHERE push = ${id}`);
    await warehouse.run(sql`DELETE FROM push_log WHERE push = ${id}`);
  });
}
