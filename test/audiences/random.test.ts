/** Rules against an evaluator that knows the contract and no SQL: the same people, whatever the rule. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/base/day.ts';
import { dice } from '../oracle/dice.ts';
import { freshHome } from '../product.ts';
import { type Asked, bring, usersOf } from './asking.ts';
import { qualifies, type Rule, universe } from './evaluator.ts';
import { end, factsOf } from './facts.ts';
import { rule } from './rules.ts';

const SEED = 6;
const PEOPLE = 120;
/** Rules of a run, put to the warehouse so many at a time. */
const RULES = Number(process.env.AUDIENCE_RULES ?? 160);
const AT_ONCE = 20;

const home = freshHome();
const facts = factsOf(dice(SEED), PEOPLE);
const all = universe(facts);

beforeAll(async () => void (await bring(home, facts)), 60_000);

const expected = ({ rule: asked, on }: Asked): string[] =>
  all.people
    .filter((person) => qualifies(person, asked as Rule, on, all))
    .map(({ user }) => user)
    .toSorted();

/** Every day that a rule names, so that none of them lies after the day asked. */
const lastNamed = (asked: unknown): string =>
  [...JSON.stringify(asked).matchAll(/\d{4}-\d{2}-\d{2}/g)]
    .map(([day]) => day)
    .toSorted()
    .at(-1) ?? '';

test('random rules take exactly whom the contract says', { timeout: 60_000 + RULES * 600 }, async () => {
  const rules = fc.sample(rule, { seed: SEED, numRuns: RULES });
  const roll = dice(SEED + 1);
  const asked = rules.map((each): Asked => {
    const on = addDays(end, -roll.of([0, 0, 0, 1, 7, 30]));
    return { rule: each, on: lastNamed(each) > on ? end : on };
  });
  const sizes: number[] = [];
  const faults: string[] = [];
  for (let i = 0; i < asked.length; i += AT_ONCE) {
    const some = asked.slice(i, i + AT_ONCE);
    const found = await usersOf(home, some);
    for (const [n, each] of some.entries()) {
      const [users, right] = [found[n] ?? [], expected(each)];
      const [missing, wrong] = [
        right.filter((user) => !users.includes(user)),
        users.filter((user) => !right.includes(user)),
      ];
      if (missing.length + wrong.length > 0) faults.push(JSON.stringify({ ...each, missing, wrong }));
      sizes.push(users.length);
    }
  }
  expect(faults.slice(0, 10)).toEqual([]);
  // Note: rules that take nobody or everybody would agree whatever they mean.
  expect(sizes.filter((size) => size > 0 && size < PEOPLE).length).toBeGreaterThan(RULES / 3);
});
