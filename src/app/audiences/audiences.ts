import { writeAudit } from '../../accounts/audit.ts';
import type {
  Audience,
  AudienceCount,
  AudienceCountQuestion,
  AudienceShown,
  MemberIdentifier,
  MemberPage,
  NewAudience,
} from '../../api/audiences.ts';
import { forgetFixed, forgetRuns, identifiersOf, membersKept } from '../../audiences/kept.ts';
import { namedIn, readRule } from '../../audiences/read.ts';
import { sentenceOf } from '../../audiences/rule.ts';
import { ConflictError, InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { rulesKey } from '../../model/rules/ruleSet.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { CAPS, keepUp } from '../asking.ts';
import { ruleSetOf } from '../rules.ts';
import { dayOf, questionOf, upToDate } from './members.ts';
import { allAudiences, insertAudience, type StoredAudience, shown, storedAudience } from './stored.ts';

/** Audiences by name, with their members as they were last counted. */
export async function audiences({ registry }: Context): Promise<Audience[]> {
  return (await allAudiences(registry)).map(shown);
}

/** An audience with its rule; its members are brought up to date. */
export function showAudience(context: Context, which: string | number): Promise<AudienceShown> {
  return context.gate.shared(async () => {
    const stored = await upToDate(context, await storedAudience(context.registry, which), keepUp);
    const rule = readRule(JSON.parse(stored.rule));
    return { ...shown(stored), rule: JSON.parse(stored.rule), sentence: sentenceOf(rule) };
  });
}

/** Saves a rule under a name and finds its members; nothing is saved where they cannot be found. */
export async function createAudience(context: Context, given: NewAudience, actor: string): Promise<AudienceShown> {
  const { registry } = context;
  const { name, kind = 'dynamic', on = null } = given;
  const rule = readRule(given.rule);
  if (namedIn(rule).includes(name))
    throw new InputError('audience_cycle', say('audience.cycle', { way: `${name} → ${name}` }));
  const rules = rulesKey(await ruleSetOf(context));
  await context.gate.shared(async () => questionOf(context, { rule, rules }, on ?? (await dayOf(context)), keepUp));
  const made = await insertAudience(
    registry,
    { name, kind, rule: JSON.stringify(given.rule), rules, onDay: on },
    actor,
  );
  if (!made) throw new ConflictError('audience_name', say('audience.name', { name }));
  const audience = await showAudience(context, made.id);
  await writeAudit(registry, actor, 'audience.create', { id: made.id, kind, count: audience.consumers });
  return audience;
}

/** How many consumers a rule, or a saved audience, takes as of the end of a day. */
export function countAudience(context: Context, asked: AudienceCountQuestion): Promise<AudienceCount> {
  return context.gate.shared(async () => {
    if ('name' in asked) return countSaved(context, await storedAudience(context.registry, asked.name), asked.on);
    const on = asked.on ?? (await dayOf(context));
    return count(context, await questionOf(context, { rule: readRule(asked.rule) }, on, keepUp), on);
  });
}

async function countSaved(context: Context, stored: StoredAudience, on: string | undefined): Promise<AudienceCount> {
  const { members, on: day, known } = await membersOn(context, stored, on);
  return known === undefined ? count(context, members, day) : { consumers: known, on: day };
}

async function count({ warehouse }: Context, members: Fragment, on: string): Promise<AudienceCount> {
  const [row] = await warehouse.rows<{ consumers: number }>(sql`SELECT count() AS consumers FROM (${members})`, CAPS);
  return { consumers: row?.consumers ?? 0, on };
}

/** The members of a saved audience: those that are kept, or, as of another day than theirs, those its rule takes then. */
async function membersOn(context: Context, given: StoredAudience, on: string | undefined) {
  if (given.kind === 'static' && on !== undefined && on !== given.runOn)
    throw new InputError('audience_static', say('audience.static', { name: given.name, on: given.runOn ?? '' }));
  const day = on ?? given.onDay ?? (given.kind === 'static' ? given.runOn : null) ?? (await dayOf(context, given));
  const kept = await upToDate(context, given, keepUp);
  if (kept.runOn === day && kept.run !== null)
    return { members: membersKept(kept.run), on: day, known: kept.consumers ?? 0 };
  const asks = { rule: readRule(JSON.parse(given.rule)), rules: given.rules };
  return { members: await questionOf(context, asks, day, keepUp), on: day, known: undefined };
}

/** A page of the members' own identifiers, consumers in order; who exported is noted. */
export function exportAudience(
  context: Context,
  which: string | number,
  { on, limit, after }: { readonly on?: string | undefined; readonly limit: number; readonly after: number },
  actor: string,
): Promise<MemberPage> {
  return context.gate.shared(async () => {
    const stored = await storedAudience(context.registry, which);
    const { members, on: day } = await membersOn(context, stored, on);
    const found = await context.warehouse.rows<{ consumer: number }>(
      sql`SELECT consumer FROM (${members}) WHERE consumer > ${after} ORDER BY consumer LIMIT ${limit + 1}`,
      CAPS,
    );
    const page = found.slice(0, limit).map(({ consumer }) => consumer);
    const last = page.at(-1);
    if (after === 0) await writeAudit(context.registry, actor, 'audience.export', { id: stored.id, on: day });
    return {
      on: day,
      members: last === undefined ? [] : await identifiers(context, page),
      ...(found.length > limit && last !== undefined ? { next: last } : {}),
    };
  });
}

/** Consumers of one page of an export. */
const PAGE = 100_000;

/** The identifiers of all members, page after page. */
export async function audienceMembers(
  context: Context,
  name: string,
  on: string | undefined,
  actor: string,
): Promise<MemberIdentifier[]> {
  const all: MemberIdentifier[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: MemberPage = await exportAudience(context, name, { on, limit: PAGE, after }, actor);
    for (const each of page.members) all.push(each);
    after = page.next;
  }
  return all;
}

function identifiers({ warehouse }: Context, consumers: readonly number[]): Promise<MemberIdentifier[]> {
  return warehouse.rows<MemberIdentifier & Record<string, unknown>>(
    identifiersOf(sql`SELECT arrayJoin(${[...consumers]})`),
    CAPS,
  );
}

/** Forgets an audience; one that stands in the rule of another stays. */
export async function removeAudience(context: Context, which: string | number, actor: string): Promise<void> {
  const { registry, warehouse } = context;
  const { id, name, run, runBefore } = await storedAudience(registry, which);
  const others = (await allAudiences(registry)).filter((each) =>
    namedIn(readRule(JSON.parse(each.rule))).includes(name),
  );
  const users = others.map((each) => each.name).join(', ');
  if (users !== '') throw new ConflictError('audience_used', say('audience.used', { name, users }));
  await registry.rows('DELETE FROM audience WHERE id = $1', [id]);
  await writeAudit(registry, actor, 'audience.remove', { id });
  await forgetRuns(
    warehouse,
    [run, runBefore].flatMap((each) => (each === null ? [] : [each])),
  );
  await forgetFixed(warehouse, id);
}
