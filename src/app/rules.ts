import { writeAudit } from '../accounts/audit.ts';
import { ConflictError, InputError, NotFoundError } from '../base/errors.ts';
import { issueText } from '../base/faults/issue.ts';
import { joined, say, semicolon } from '../base/faults/say.ts';
import type { Text } from '../base/text.ts';
import type { Context } from '../intake/context.ts';
import { rulePresets } from '../model/rules/presets.ts';
import { type Origin, type RuleSet, ruleSet, rulesKey } from '../model/rules/ruleSet.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { changesBetween } from './ruleChange.ts';

/** A version of a rule set as lists show it. */
export interface RuleSetEntry {
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly origin: Origin;
  readonly adopted: boolean;
  readonly title: Text;
  /** From the shallowest. */
  readonly stages: ReadonlyArray<{ readonly code: string; readonly title: Text }>;
  readonly createdAt: string;
}

interface Stored extends Record<string, unknown> {
  readonly body: RuleSet;
  readonly adopted: boolean;
  readonly at: string;
}

/** Every version of every rule set of the home. */
export async function ruleSetEntries({ registry }: Context): Promise<RuleSetEntry[]> {
  const rows = await registry.rows<Stored>(
    'SELECT body, adopted, created_at AS at FROM rule_set ORDER BY name, version',
  );
  return rows.map(({ body, adopted, at }) => entryOf(body, adopted, at));
}

function entryOf(set: RuleSet, adopted: boolean, createdAt: string): RuleSetEntry {
  const { name, version, origin, title } = set;
  const stages = set.stages.map((stage) => ({ code: stage.code, title: stage.title }));
  return { key: rulesKey(set), name, version, origin, adopted, title, stages, createdAt };
}

/** Rule sets of the home, each with its versions; titles in both languages. */
export async function listRules(context: Context): Promise<Row[]> {
  const entries = await ruleSetEntries(context);
  return entries.map(({ name, version, origin, adopted, title, stages }) => ({
    name,
    version,
    origin,
    adopted,
    title,
    stages: stages.map(({ code }) => code).join(' '),
  }));
}

/** The rule set of a key `name` (its latest version) or `name@version`; without one, the adopted. */
export async function ruleSetOf({ registry }: Context, key?: string): Promise<RuleSet> {
  const [name, version] = (key ?? '').split('@');
  const rows = await registry.rows<{ body: unknown; version: number }>(
    key === undefined
      ? 'SELECT body, version FROM rule_set WHERE adopted'
      : 'SELECT body, version FROM rule_set WHERE name = $1 ORDER BY version DESC',
    key === undefined ? [] : [name],
  );
  const row = version === undefined ? rows[0] : rows.find((each) => String(each.version) === version);
  if (!row) throw new NotFoundError('rules', say('rules.none', { key: key ?? '' }));
  return ruleSet.parse(row.body);
}

/** Makes a rule set the one that questions use unless they name another. */
export async function adoptRules(context: Context, key: string, actor: string): Promise<RuleSet> {
  const set = await ruleSetOf(context, key);
  await context.registry.transaction(async (registry) => {
    await registry.rows('UPDATE rule_set SET adopted = (name = $1 AND version = $2)', [set.name, set.version]);
    await writeAudit(registry, actor, 'rules.adopt', { name: set.name, version: set.version });
  });
  return set;
}

/** Saves a set as the next version of its name; its number and its origin are given here, not by the caller. */
export async function saveRules(
  context: Context,
  given: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<RuleSetEntry> {
  return context.registry.transaction(async (registry) => {
    const within = { ...context, registry };
    await registry.rows('LOCK TABLE rule_set IN EXCLUSIVE MODE');
    const set = await proposedRules(within, given);
    const earlier = await versionsOf(within, set.name);
    const same = earlier.find((each) => changesBetween(each, set).length === 0);
    if (same) throw new ConflictError('rules_same', say('rules.same', { key: rulesKey(same) }));
    const [row] = await registry.rows<{ at: string }>(
      'INSERT INTO rule_set (name, version, body, origin) VALUES ($1, $2, $3, $4) RETURNING created_at AS at',
      [set.name, set.version, set, set.origin],
    );
    await writeAudit(registry, actor, 'rules.save', { name: set.name, version: set.version });
    return entryOf(set, false, row?.at ?? '');
  });
}

/** A set as it would be saved: checked, numbered after the latest of its name, and of the tenant unless it is a known one. */
export async function proposedRules(context: Context, given: Readonly<Record<string, unknown>>): Promise<RuleSet> {
  const set = readRules({ ...given, version: 1, origin: 'tenant' });
  const earlier = await versionsOf(context, set.name);
  const known = rulePresets.find((each) => changesBetween(each, set).length === 0);
  return {
    ...set,
    version: Math.max(0, ...earlier.map(({ version }) => version)) + 1,
    origin: known?.origin ?? 'tenant',
  };
}

async function versionsOf({ registry }: Context, name: string): Promise<RuleSet[]> {
  const rows = await registry.rows<{ body: RuleSet }>('SELECT body FROM rule_set WHERE name = $1 ORDER BY version', [
    name,
  ]);
  return rows.map(({ body }) => body);
}

/** A rule set checked by its own schema; every fault is told with its place. */
function readRules(given: Readonly<Record<string, unknown>>): RuleSet {
  const result = ruleSet.safeParse(given);
  if (result.success) return result.data;
  throw new InputError(
    'rules',
    say('rules.faults', {
      faults: joined(
        result.error.issues.flatMap((issue) => faultsOf(issue)),
        semicolon,
      ),
    }),
  );
}

/** A fault with its place; of forms that all fail, the faults of the one that is nearest. */
function faultsOf(issue: Issue, above: readonly PropertyKey[] = []): Text[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return [say('fault.at', { place: path.join('.'), what: issueText(issue) })];
  const nearest = issue.errors.reduce((best, each) => (distance(each) < distance(best) ? each : best));
  return nearest.flatMap((each) => faultsOf(each, path));
}

type Issue = NonNullable<ReturnType<typeof ruleSet.safeParse>['error']>['issues'][number];

/** How far a form is from what was given: a key it does not know, or one it lacks, says that another was meant. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, { code, path }) => sum + (code === 'unrecognized_keys' ? 100 : 1) + (path.length === 1 ? 10 : 0),
    0,
  );
}
