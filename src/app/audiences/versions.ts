import { writeAudit } from '../../accounts/audit.ts';
import type {
  AudienceChange,
  AudienceComparison,
  AudienceComparisonQuestion,
  AudienceShown,
  AudienceVersion,
} from '../../api/audiences.ts';
import { forgetFixed, forgetRuns } from '../../audiences/kept.ts';
import { readRule } from '../../audiences/read.ts';
import { sentenceOf } from '../../audiences/rule.ts';
import { ConflictError, InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { CAPS } from '../asking.ts';
import { membersOn, mustBeUnused, showAudience } from './audiences.ts';
import { forgetDays } from './days.ts';
import { dayOf, questionOf } from './members.ts';
import { insertVersion, type StoredAudience, storedAudience } from './stored.ts';

/** Changes an audience; a new rule or day is a new version, whose members are found before it is taken. */
export async function changeAudience(
  context: Context,
  which: number,
  change: AudienceChange,
  actor: string,
): Promise<AudienceShown> {
  const stored = await storedAudience(context.registry, which);
  if (change.name !== undefined && change.name !== stored.name) await rename(context, stored, change.name, actor);
  if (change.rule !== undefined || change.on !== undefined) await rewrite(context, stored, change, actor);
  return showAudience(context, which);
}

async function rename(context: Context, { id, name: before }: StoredAudience, name: string, actor: string) {
  await mustBeUnused(context, before);
  const taken = await context.registry.rows('SELECT id FROM audience WHERE name = $1', [name]);
  if (taken.length > 0) throw new ConflictError('audience_name', say('audience.name', { name }));
  await context.registry.rows('UPDATE audience SET name = $2 WHERE id = $1', [id, name]);
  await writeAudit(context.registry, actor, 'audience.rename', { id });
}

async function rewrite(context: Context, stored: StoredAudience, change: AudienceChange, actor: string) {
  const { registry, warehouse } = context;
  const { id, rules, name } = stored;
  const rule = change.rule === undefined ? stored.rule : JSON.stringify(change.rule);
  const onDay = change.on === undefined ? stored.onDay : change.on;
  const asks = { rule: readRule(JSON.parse(rule)), rules, within: [name] };
  await context.gate.shared(async () => questionOf(context, asks, onDay ?? (await dayOf(context))));
  const version = stored.version + 1;
  const runs = await registry.transaction(async (within) => {
    const rows = await within.rows(
      'UPDATE audience SET rule = $2, on_day = $3, version = $4 WHERE id = $1 AND version = $5 RETURNING id',
      [id, rule, onDay, version, stored.version],
    );
    if (rows.length === 0) throw new ConflictError('audience_changed', say('audience.changed', { name }));
    await insertVersion(within, id, { version, rule, onDay }, actor);
    await writeAudit(within, actor, 'audience.change', { id, version });
    return forgetDays(within, id);
  });
  await forgetRuns(warehouse, runs);
  await forgetFixed(warehouse, id);
}

interface StoredVersion extends Record<string, unknown> {
  readonly version: number;
  readonly rule: string;
  readonly onDay: string | null;
  readonly at: string;
  readonly by: string;
}

/** Every version of an audience, the latest first. */
export async function audienceVersions({ registry }: Context, which: number): Promise<AudienceVersion[]> {
  const { id } = await storedAudience(registry, which);
  const rows = await registry.rows<StoredVersion>(
    `SELECT version, rule, on_day AS "onDay", written_at AS at, written_by AS by FROM audience_version
      WHERE audience = $1 ORDER BY version DESC`,
    [id],
  );
  return rows.map(({ version, rule, onDay, at, by }) => ({
    version,
    rule: JSON.parse(rule),
    sentence: sentenceOf(readRule(JSON.parse(rule))),
    fixed_on: onDay,
    written_at: at,
    written_by: by,
  }));
}

/** How far two rules, or audiences, take the same consumers as of the end of a day. */
export function compareAudiences(context: Context, asked: AudienceComparisonQuestion): Promise<AudienceComparison> {
  return context.gate.shared(async () => {
    const on = asked.on ?? (await dayOf(context));
    const [left, right] = [await consumersOf(context, asked.left, on), await consumersOf(context, asked.right, on)];
    const [row] = await context.warehouse.rows<{ left: number; right: number; both: number }>(
      sql`SELECT sum(l) AS left, sum(r) AS right, sum(l * r) AS both FROM (
        SELECT consumer, max(is_left) AS l, max(is_right) AS r FROM (
          SELECT consumer, 1 AS is_left, 0 AS is_right FROM (${left})
          UNION ALL SELECT consumer, 0 AS is_left, 1 AS is_right FROM (${right})) GROUP BY consumer)`,
      CAPS,
    );
    const { left: l = 0, right: r = 0, both = 0 } = row ?? {};
    return { on, left: l, right: r, both, only_left: l - both, only_right: r - both };
  });
}

async function consumersOf(context: Context, given: string | Record<string, unknown>, on: string): Promise<Fragment> {
  if (typeof given !== 'string') return (await questionOf(context, { rule: readRule(given) }, on)).consumers;
  const stored = await storedAudience(context.registry, given);
  if (stored.lastDay === null && stored.kind === 'static')
    throw new InputError('audience_static', say('audience.static', { name: given, on }));
  return (await membersOn(context, stored, stored.kind === 'static' ? undefined : on)).members.consumers;
}
