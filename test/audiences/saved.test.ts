/** Saved audiences through the product: made, asked, stood upon, exported, removed; and every analysis of some consumers only. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/analyses/analysis.ts';
import { analyses } from '../../src/analyses/index.ts';
import { addDays } from '../../src/base/day.ts';
import { unwatched } from '../../src/base/progress.ts';
import { agree, expectedOf, questionsOn } from '../import/answers.fixture.ts';
import { dice } from '../oracle/dice.ts';
import { idsOf, type World } from '../oracle/world.ts';
import { freshHome } from '../product.ts';
import { bring } from './asking.ts';
import { qualifies, type Rule, universe } from './evaluator.ts';
import { end, factsOf } from './facts.ts';

const facts = factsOf(dice(9), 80);
const all = universe(facts);
const home = freshHome();
beforeAll(async () => void (await bring(home, facts)), 60_000);

const carted: Rule = { did: { behavior: ['cart', 'favorite'], window: { days: 15 } } };
const buyers: Rule = { bought: { orders: { min: 2 } } };

const users = (rule: Rule, on = end): string[] =>
  all.people
    .filter((person) => qualifies(person, rule, on, all))
    .map(({ user }) => user)
    .toSorted();

async function exported(name: string, on?: string): Promise<string[]> {
  const members = await (await home.product()).audienceMembers(name, on);
  return members
    .filter(({ type }) => type === 'user')
    .map(({ value }) => value)
    .toSorted();
}

describe('a saved audience', () => {
  test('is counted and exported as of its day, and as of another that is asked for', async () => {
    const product = await home.product();
    const made = await product.createAudience({ name: 'carted', rule: carted, on: end });
    const earlier = addDays(end, -7);
    expect(made).toMatchObject({ consumers: users(carted).length, on: end, kind: 'dynamic', rules: 'default@1' });
    expect(await product.countAudience({ name: 'carted' })).toEqual({ consumers: users(carted).length, on: end });
    expect(await product.countAudience({ name: 'carted', on: earlier })).toEqual({
      consumers: users(carted, earlier).length,
      on: earlier,
    });
    expect([await exported('carted'), await exported('carted', earlier)]).toEqual([
      users(carted),
      users(carted, earlier),
    ]);
    expect(users(carted)).not.toEqual(users(carted, earlier));
  });

  test('stands in other rules, as of the day those are asked for', async () => {
    const product = await home.product();
    await product.createAudience({ name: 'buyers', rule: buyers, on: end });
    const both = { all: [{ audience: 'carted' }, { not: { audience: 'buyers' } }] };
    for (const on of [end, addDays(end, -7)])
      expect((await product.countAudience({ rule: both, on })).consumers).toBe(
        users({ all: [carted, { not: buyers }] }, on).length,
      );
    await product.createAudience({ name: 'carted, no buyers', rule: both, on: end });
    expect(await exported('carted, no buyers')).toEqual(users({ all: [carted, { not: buyers }] }));
  });

  test('with fixed members keeps them, whatever comes in, and goes with who they turn out to be', async () => {
    const product = await home.product();
    const fixed = await product.createAudience({ name: 'fixed', rule: carted, on: end, kind: 'static' });
    const [one = '', other = ''] = users(carted);
    const stranger = users({ not: carted })[0] ?? '';
    const late = {
      ...facts,
      events: [
        { id_user: stranger, behavior: 'cart', event_time: `${end} 12:00:00` },
        { id_user: one, id_phone: '13912345678', behavior: 'search', event_time: `${end} 12:00:00` },
        { id_user: other, id_phone: '13912345678', behavior: 'search', event_time: `${end} 12:00:00` },
      ],
      orders: [],
      members: [],
      consumers: [],
      items: [],
    };
    const report = await bring(home, late);
    expect(await exported('fixed')).toEqual(users(carted));
    expect((await product.countAudience({ name: 'fixed' })).consumers).toBe((fixed.consumers ?? 0) - 1);
    expect(await exported('carted')).toEqual([...users(carted), stranger].toSorted());
    await expect(product.countAudience({ name: 'fixed', on: addDays(end, -1) })).rejects.toMatchObject({
      code: 'audience_static',
    });
    await home.undo(report);
    expect((await product.countAudience({ name: 'fixed' })).consumers).toBe(fixed.consumers);
  });

  test('without a day of its own is of the last day the data have', async () => {
    const product = await home.product();
    const made = await product.createAudience({ name: 'moving', rule: { did: { behavior: ['exposure'] } } });
    const days = facts.orders.flatMap((row) => [row.pay_time ?? '', row.order_time ?? '', row.refund_time ?? '']);
    const others = [
      ...facts.events.map((row) => row.event_time ?? ''),
      ...facts.members.flatMap((row) => [row.join_time ?? '', row.quit_time ?? '']),
    ];
    expect(made.on).toBe(
      [...days, ...others]
        .map((at) => at.slice(0, 10))
        .toSorted()
        .at(-1),
    );
  });

  test.each([
    ['a name that is taken', { name: 'carted', rule: buyers }, 'audience_name'],
    ['itself', { name: 'loop', rule: { not: { audience: 'loop' } } }, 'audience_cycle'],
    ['an audience that is not there', { name: 'new', rule: { audience: 'nowhere' } }, 'audience'],
    ['a stage that the rules do not have', { name: 'new', rule: { stage: { in: ['Z'] } } }, 'stage'],
    [
      'a stage of a later day than the one asked',
      { name: 'new', rule: { stage: { in: ['A'], on: '2026-07-01' } }, on: end },
      'audience_day',
    ],
  ])('is not made of %s', async (_, given, code) => {
    const product = await home.product();
    const before = (await product.audiences()).length;
    await expect(product.createAudience(given)).rejects.toMatchObject({ code });
    expect((await product.audiences()).length).toBe(before);
  });

  test('goes when nothing stands on it, and leaves nothing', async () => {
    const product = await home.product();
    await expect(product.removeAudience('buyers')).rejects.toMatchObject({ code: 'audience_used' });
    for (const name of ['carted, no buyers', 'buyers', 'moving', 'fixed']) await product.removeAudience(name);
    expect((await product.audiences()).map(({ name }) => name)).toEqual(['carted']);
    await expect(product.audience('buyers')).rejects.toMatchObject({ code: 'audience' });
  });
});

/** The same world with some of its consumers only. */
function only({ lives, ...rest }: World, wanted: readonly string[]): World {
  const those = [...lives].filter(([, life]) => idsOf(life, 'id_user').some((user) => wanted.includes(user)));
  return { ...rest, lives: new Map(those) };
}

describe('of an audience only', () => {
  beforeAll(async () => {
    await (await home.product()).createAudience({ name: 'of these', rule: carted, on: end });
  }, 60_000);

  test.each([
    ['the whole brand', {}],
    ['one brand', { brand: 'X' }],
    ['one category', { category: 'c1' }],
  ])('the analyses are those of a world of its members, for %s', async (_, scope) => {
    const asked = expectedOf(only(all.world, users(carted)), questionsOn(end), scope);
    await agree(
      home,
      asked.map((each) => ({ ...each, params: { ...each.params, audience: 'of these' } })),
      scope,
    );
  });

  const given: Readonly<Record<string, unknown>> = {
    on: end,
    from: addDays(end, -29),
    to: end,
    base_from: addDays(end, -400),
    base_to: addDays(end, -30),
    within_days: 14,
  };

  /** Analyses that name audiences themselves have no members for their scope. */
  const ofConsumers = (analyses as readonly Analysis[]).filter(
    // Note: this world has no pushes and no creators.
    ({ audiences, params }) => !audiences && !('push' in params.shape) && !('creator' in params.shape),
  );

  test.each(ofConsumers.map((analysis) => [analysis.id, analysis] as const))(
    'behind %s stand members, and fewer than behind that of everybody',
    async (id, analysis) => {
      const product = await home.product();
      const params = Object.fromEntries(
        Object.keys(analysis.params.shape).flatMap((name) => (name in given ? [[name, given[name]]] : [])),
      );
      const behind = async (asked: Record<string, unknown>) => {
        const found = new Set<number>();
        for (const row of (await home.run(id, asked)).slice(0, 6))
          for (const consumer of await product.people(id, asked, row, unwatched)) found.add(consumer);
        return found;
      };
      const members = new Set((await product.audienceMembers('of these')).map(({ consumer }) => consumer));
      const some = await behind({ ...params, audience: 'of these' });
      expect([...some].filter((consumer) => !members.has(consumer))).toEqual([]);
      expect(some.size).toBeGreaterThan(0);
      expect((await behind(params)).size).toBeGreaterThan(some.size);
    },
  );

  test('an audience that is not there is refused', async () => {
    await expect(home.run('rfm', { on: end, audience: 'nowhere' })).rejects.toMatchObject({ code: 'audience' });
  });
});
