import { Cron } from 'croner';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Registry } from '../../registry/registry.ts';
import { allPushes, lastRun, type StoredPush } from './stored.ts';

/** When a cron of five fields comes next after a moment; refused when it is none, or never comes. */
export function nextTime(cron: string, zone: string, after: Date): string {
  const next = cron.trim().split(/\s+/).length === 5 ? nextOf(cron.trim(), zone, after) : undefined;
  if (next) return next.toISOString();
  throw new InputError('cron', say('schedule.cron', { cron: JSON.stringify(cron) }));
}

function nextOf(cron: string, timezone: string, after: Date): Date | undefined {
  try {
    return new Cron(cron, { timezone, paused: true }).nextRun(after) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Takes the pushes whose time has come, each once however often it was missed, and sets when they come next. */
export async function takeTimed(registry: Registry, zone: string, now: Date): Promise<StoredPush[]> {
  const due = (await allPushes(registry)).filter(
    ({ enabled, nextAt }) => enabled && nextAt !== null && nextAt <= now.toISOString(),
  );
  const taken: StoredPush[] = [];
  for (const each of due) {
    const claimed = await registry.rows(
      'UPDATE push SET next_at = $3 WHERE id = $1 AND enabled AND next_at = $2 RETURNING id',
      [each.id, each.nextAt, nextTime(each.cron ?? '', zone, now)],
    );
    if (claimed.length > 0) taken.push(each);
  }
  return taken;
}

/** Pushes that go after their audience: those whose audience has other kept members than those last sent. */
export async function refreshed(registry: Registry): Promise<StoredPush[]> {
  const found: StoredPush[] = [];
  for (const each of await allPushes(registry)) {
    if (!each.enabled || each.trigger !== 'refresh') continue;
    const [row] = await registry.rows<{ run: number | null }>(
      `SELECT max(d.run) AS run FROM audience_day d JOIN audience a ON a.id = d.audience WHERE a.name = $1`,
      [each.audience],
    );
    const last = await lastRun(registry, each.id);
    if (row?.run != null && row.run > (last?.audienceRun ?? 0)) found.push(each);
  }
  return found;
}
