import { namedIn, readRule } from '../../audiences/read.ts';
import type { Rule } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { digest } from '../answers/state.ts';
import { crowdsState } from '../crowds/taxonomies.ts';
import { productVersion } from '../version.ts';
import { type StoredAudience, storedAudience } from './stored.ts';

/** All that members were found from but the facts: the same ground and the same facts give the same members. */
export interface Ground {
  readonly digest: string;
  /** Whether a consumer is a member depends on others than the consumer, in the rule or in one that it stands on. */
  readonly isRelative: boolean;
}

/** What an audience stands on: rules and versions, its own and of the audiences it names; the workspace; how rows lie. */
export async function groundOf(context: Context, stored: StoredAudience): Promise<Ground> {
  const { brands, zone, warehouse } = context;
  const known = new Map<string, StoredAudience>();
  await gather(context, stored, known);
  const all = [...known.values()].toSorted((a, b) => a.id - b.id);
  return {
    digest: digest(
      productVersion,
      [...brands].sort(),
      zone,
      warehouse.holders.length,
      await crowdsState(context.registry),
      all.map(({ id, version, rules, kind }) => [id, version, rules, kind]),
    ),
    isRelative: all.some(({ kind, rule }) => kind === 'dynamic' && isRelative(readRule(JSON.parse(rule)))),
  };
}

async function gather(context: Context, stored: StoredAudience, into: Map<string, StoredAudience>): Promise<void> {
  if (into.has(stored.name)) return;
  into.set(stored.name, stored);
  if (stored.kind === 'static') return;
  for (const name of namedIn(readRule(JSON.parse(stored.rule))))
    await gather(context, await storedAudience(context.registry, name), into);
}

const isRelative = ({ kind, parts }: Rule): boolean => kind.isRelative === true || parts.some(isRelative);
