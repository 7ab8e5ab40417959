import { writeAudit } from '../../accounts/audit.ts';
import type {
  Audience,
  AudienceCount,
  AudienceCountQuestion,
  AudienceFromPeople,
  AudienceShown,
  MemberIdentifier,
  MemberPage,
  NewAudience,
} from '../../api/audiences.ts';
import { lookedAt } from '../../audiences/asking.ts';
import { fixMembers, forgetFixed, forgetRuns, identifiersOf, keepMembers } from '../../audiences/kept.ts';
import { counting, type Members } from '../../audiences/members.ts';
import { namedIn, readRule } from '../../audiences/read.ts';
import { ConflictError, InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { rulesKey } from '../../model/rules/ruleSet.ts';
import { sql } from '../../warehouse/sql.ts';
import { ask, CAPS, peopleOf } from '../asking.ts';
import { ruleSetOf } from '../rules.ts';
import { openBook } from './book.ts';
import { forgetDays, keptDay, noteDay } from './days.ts';
import { firstDayOf } from './firstDay.ts';
import { dayOf, membersIn, questionOf, upToDate } from './members.ts';
import { takeRun } from './runs.ts';
import { allAudiences, insertAudience, type StoredAudience, shown, storedAudience } from './stored.ts';
import { withheldRun } from './withheld.ts';

/** Audiences by name, with their members as they were last counted. */
export async function audiences({ registry }: Context): Promise<Audience[]> {
  return (await allAudiences(registry)).map(shown);
}

/** An audience with its rule; its members are brought up to date. */
export function showAudience(context: Context, which: string | number): Promise<AudienceShown> {
  return context.gate.shared(async () => {
    const stored = await storedAudience(context.registry, which);
    const { on, consumers } = await upToDate(context, stored);
    const first = await firstDayOf(context, stored);
    return { ...shown(stored), on, consumers, rule: JSON.parse(stored.rule), first_day: first ?? null };
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
  await context.gate.shared(async () => questionOf(context, { rule, rules }, on ?? (await dayOf(context))));
  const written = { name, kind, rule: JSON.stringify(given.rule), rules, onDay: on };
  const id = await insertAudience(registry, written, actor);
  if (id === undefined) throw new ConflictError('audience_name', say('audience.name', { name }));
  const audience = await showAudience(context, id);
  await writeAudit(registry, actor, 'audience.create', { id, kind, count: audience.consumers });
  return audience;
}

/** Saves the people behind a number as an audience whose members are fixed. */
export function createFromPeople(context: Context, given: AudienceFromPeople, actor: string): Promise<AudienceShown> {
  const { registry, warehouse } = context;
  const { name, analysis, params, row } = given;
  return context.gate.shared(async () => {
    const asked = await ask(context, analysis, params);
    const withheld = await withheldRun(context);
    const test = lookedAt(withheld === undefined ? {} : { withheld }) ?? sql`1`;
    const consumers = sql`SELECT consumer FROM (${peopleOf(asked, row)}) WHERE ${test}`;
    const run = await takeRun(context);
    const count = await keepMembers(warehouse, run, { consumers });
    const on = String(params.on ?? params.to ?? (await dayOf(context)));
    const rule = JSON.stringify({ people: { analysis, params: asked.params, row } });
    const written = { name, kind: 'static' as const, rule, rules: rulesKey(asked.lens.rules), onDay: null };
    const id = await insertAudience(registry, written, actor);
    if (id === undefined) {
      await forgetRuns(warehouse, [run]);
      throw new ConflictError('audience_name', say('audience.name', { name }));
    }
    await fixMembers(warehouse, id, run);
    const book = await openBook(context, on);
    const { digest: ground } = book.ground(book.stored(id));
    await noteDay(registry, id, { on, run, commit: book.commit, ground, consumers: count });
    await writeAudit(registry, actor, 'audience.create', { id, kind: 'static', count });
    return showAudience(context, id);
  });
}

/** How many consumers a rule, or a saved audience, takes as of the end of a day. */
export function countAudience(context: Context, asked: AudienceCountQuestion): Promise<AudienceCount> {
  return context.gate.shared(async () => {
    if ('name' in asked) return countSaved(context, await storedAudience(context.registry, asked.name), asked.on);
    const on = asked.on ?? (await dayOf(context));
    return count(context, await questionOf(context, { rule: readRule(asked.rule) }, on), on);
  });
}

async function countSaved(context: Context, stored: StoredAudience, on: string | undefined): Promise<AudienceCount> {
  const { members, on: day, known } = await membersOn(context, stored, on);
  return known === undefined ? count(context, members, day) : { consumers: known, on: day };
}

async function count({ warehouse }: Context, members: Members, on: string): Promise<AudienceCount> {
  let consumers = 0;
  for (const part of counting(members)) {
    const [row] = await warehouse.rows<{ consumers: number }>(part, CAPS);
    consumers += row?.consumers ?? 0;
  }
  return { consumers, on };
}

/** The members of a saved audience: those that are kept, or, as of another day than its own, those its rule takes then. */
export async function membersOn(context: Context, stored: StoredAudience, on: string | undefined) {
  if (stored.kind === 'static' && on !== undefined && on !== stored.lastDay)
    throw new InputError('audience_static', say('audience.static', { name: stored.name, on: stored.lastDay ?? '' }));
  const own = (stored.kind === 'static' ? stored.lastDay : null) ?? (await dayOf(context, stored));
  const day = on ?? own;
  if (day === own || (await keptDay(context.registry, stored.id, day))) {
    const kept = await upToDate(context, stored, { on: day });
    return { members: membersIn(kept), on: day, known: kept.consumers };
  }
  const asks = { rule: readRule(JSON.parse(stored.rule)), rules: stored.rules };
  return { members: await questionOf(context, asks, day), on: day, known: undefined };
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
      sql`SELECT consumer FROM (${members.consumers}) WHERE consumer > ${after} ORDER BY consumer LIMIT ${limit + 1}`,
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
  const { id, name } = await storedAudience(registry, which);
  await mustBeUnused(context, name);
  const runs = await forgetDays(registry, id);
  await registry.rows('DELETE FROM audience WHERE id = $1', [id]);
  await writeAudit(registry, actor, 'audience.remove', { id });
  await forgetRuns(warehouse, runs);
  await forgetFixed(warehouse, id);
}

/** Refuses where another audience's rule names this one, or a push takes it or leaves it out. */
export async function mustBeUnused({ registry }: Context, name: string): Promise<void> {
  const others = (await allAudiences(registry)).filter((each) =>
    namedIn(readRule(JSON.parse(each.rule))).includes(name),
  );
  const users = others.map((each) => each.name).join(', ');
  if (users !== '') throw new ConflictError('audience_used', say('audience.used', { name, users }));
  const pushes = await registry.rows<{ name: string }>(
    'SELECT name FROM push WHERE audience = $1 OR exclude @> to_jsonb($1::text) ORDER BY id',
    [name],
  );
  const pushed = pushes.map((push) => push.name).join(', ');
  if (pushed !== '') throw new ConflictError('audience_used', say('audience.pushed', { name, pushed }));
}
