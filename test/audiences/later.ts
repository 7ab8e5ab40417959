/** The people of a world and the same a little later, the audiences told of them by the evaluator, and rules about both. */
import { membersKept } from '../../src/audiences/kept.ts';
import type { Context } from '../../src/intake/context.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { dice } from '../oracle/dice.ts';
import { qualifies, type Rule, universe } from './evaluator.ts';
import { end, type Facts, factsOf } from './facts.ts';

export const SEED = 11;
export const facts = factsOf(dice(SEED), 90);

/** The same people a little later: some of them act, buy, join, or are described anew. */
export const none = { events: [], orders: [], reviews: [], members: [], consumers: [], items: [] };
const [first, second, third] = facts.events.map((row) => row.id_user ?? '').filter((user) => user !== '');
export const late: Facts = {
  ...none,
  events: [
    { id_user: first ?? '', behavior: 'cart', event_time: `${end} 10:00:00` },
    { id_user: first ?? '', behavior: 'cart', event_time: `${end} 11:00:00` },
    { id_user: 'stranger', behavior: 'item_view', event_time: `${end} 09:00:00` },
  ],
  orders: [
    {
      order_id: 'late',
      id_user: second ?? '',
      order_time: `${end} 08:00:00`,
      pay_time: `${end} 08:00:00`,
      amount: '99',
    },
  ],
  consumers: [{ id_user: third ?? '', gender: 'f', city_tier: '1' }],
};

function together(one: Facts, other: Facts): Facts {
  return {
    ...one,
    events: [...one.events, ...other.events],
    orders: [...one.orders, ...other.orders],
    members: [...one.members, ...other.members],
    consumers: [...one.consumers, ...other.consumers],
    items: [...one.items, ...other.items],
  };
}

export const users = (all: ReturnType<typeof universe>, asked: Rule, on = end): string[] =>
  all.people
    .filter((person) => qualifies(person, asked, on, all))
    .map(({ user }) => user)
    .toSorted();

/** Users among the members that are kept under a number. */
export async function usersKept({ warehouse }: Pick<Context, 'warehouse'>, run: number): Promise<string[]> {
  const rows = await warehouse.rows<{ value: string }>(sql`
    SELECT i.value AS value FROM (SELECT who, consumer FROM people FINAL WHERE consumer IN (${membersKept(run)})) AS p
    INNER JOIN (SELECT * FROM identifiers FINAL WHERE type = 'user') AS i ON i.ident = p.who ORDER BY value`);
  return rows.map(({ value }) => value);
}

export const before = universe(facts);
export const after = universe(together(facts, late));
export const carted: Rule = { did: { behavior: ['cart'], window: { days: 15 } } };
export const women: Rule = { tag: { name: 'gender', in: ['f'] } };
