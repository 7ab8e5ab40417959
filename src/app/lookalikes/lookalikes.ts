import { writeAudit } from '../../accounts/audit.ts';
import type { Lookalike } from '../../api/lookalikes.ts';
import type { KnownLookalike } from '../../audiences/asking.ts';
import { readRule } from '../../audiences/read.ts';
import type { Rule } from '../../audiences/rule.ts';
import { ConflictError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { sql } from '../../warehouse/sql.ts';
import { allAudiences } from '../audiences/stored.ts';
import { ruleSetOf } from '../rules.ts';
import { storedLookalike, storedLookalikes } from './stored.ts';

/** Every lookalike model, newest first. */
export async function lookalikes({ registry }: Context): Promise<Lookalike[]> {
  return (await storedLookalikes(registry)).map(({ shown }) => shown);
}

export async function showLookalike({ registry }: Context, id: number): Promise<Lookalike> {
  return (await storedLookalike(registry, id)).shown;
}

/** Forgets a model; one that an audience is made by stays. */
export async function removeLookalike(context: Context, id: number, actor: string): Promise<void> {
  const { registry, warehouse } = context;
  await storedLookalike(registry, id);
  const users = await namedBy(context, (rule) => lookalikesIn(rule).includes(id));
  if (users !== '') throw new ConflictError('lookalike_used', say('lookalike.used', { id, users }));
  await registry.rows('DELETE FROM lookalike WHERE id = $1', [id]);
  await warehouse.run(sql`DELETE FROM lookalike_out WHERE model = ${id}`);
  await writeAudit(registry, actor, 'lookalike.remove', { id });
}

/** Names of the audiences whose rules a test takes. */
export async function namedBy({ registry }: Context, test: (rule: Rule) => boolean): Promise<string> {
  const users = (await allAudiences(registry)).filter(({ rule }) => test(readRule(JSON.parse(rule))));
  return users.map(({ name }) => name).join(', ');
}

/** The models that rules score by. */
export async function lookalikesFor(
  context: Context,
  rules: readonly Rule[],
): Promise<ReadonlyMap<number, KnownLookalike>> {
  const known = new Map<number, KnownLookalike>();
  for (const id of new Set(rules.flatMap(lookalikesIn))) {
    const { shown, model } = await storedLookalike(context.registry, id);
    const lens = { rules: await ruleSetOf(context, shown.rules), scope: { own: context.brands }, kept: true };
    known.set(id, { on: shown.on, model, lens });
  }
  return known;
}

function lookalikesIn({ kind, body, parts }: Rule): number[] {
  const own = kind.name === 'lookalike' ? [(body as { readonly model: number }).model] : []; // as: its schema has read it
  return [...own, ...parts.flatMap(lookalikesIn)];
}
