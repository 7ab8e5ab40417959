import type { RuleSet } from '../model/rules/ruleSet.ts';

/** One leaf that differs between two sets: where, and what stands on each side; null where nothing does. */
export interface RuleChange {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What the second set says otherwise than the first; name, version and origin apart. */
export function changesBetween(from: RuleSet, to: RuleSet): RuleChange[] {
  const content = ({ name: _, version: __, origin: ___, ...rest }: RuleSet) => rest;
  const order = [from, to].map(({ stages }) => stages.map(({ code }) => code));
  const moved =
    JSON.stringify(order[0]) === JSON.stringify(order[1]) ? [] : [{ path: 'stages', from: order[0], to: order[1] }];
  return [...moved, ...leaves('', content(from), content(to))];
}

function leaves(path: string, from: unknown, to: unknown): RuleChange[] {
  const [left, right] = [partsOf(from), partsOf(to)];
  if (!left || !right)
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from: from ?? null, to: to ?? null }];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) => leaves(path === '' ? name : `${path}.${name}`, left.get(name), right.get(name)));
}

/** Parts of a value by name: fields, stages by code, conditions by place; undefined where it is a leaf, as lists of words are. */
function partsOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (value.some((each) => typeof each !== 'object')) return undefined;
  return new Map(
    value.map((each: { code?: unknown }, i) => [typeof each.code === 'string' ? each.code : String(i), each]),
  );
}
