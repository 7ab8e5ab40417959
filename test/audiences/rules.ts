/** Random rules of the language, such as a generator of worlds can meet. */
import fc from 'fast-check';
import { addDays } from '../../src/base/day.ts';
import type { Act, Purchase, Rule, Step } from './evaluator.ts';
import { behaviors, end } from './facts.ts';

const some = <T>(...values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const day = fc.integer({ min: -40, max: 0 }).map((days) => addDays(end, days));

const range = (most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }), one('min', 'max', 'both'))
    .map(([a, b, kind]) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      if (kind === 'both') return { min: low, max: high };
      return kind === 'min' ? { min: low } : { max: low };
    });

const window = fc.oneof(
  one(1, 7, 15, 30, 90, 365).map((days) => ({ days })),
  fc.tuple(day, day).map((days) => {
    const [from = end, to = end] = days.toSorted();
    return { from, to };
  }),
);

const where = fc
  .record(
    {
      platform: some('tmall', 'douyin'),
      channel: some('search', 'feed'),
      keyword: some('milk', 'tea'),
      campaign_id: some('k1', 'k2'),
      item_id: some('i1', 'i2', 'i3'),
      category_id: some('c1', 'c2'),
      brand: some('X', 'Y'),
    },
    { requiredKeys: [] },
  )
  .map((places) => Object.fromEntries(Object.entries(places).slice(0, 2)));

const act = fc.record(
  { behavior: some(...behaviors, 'pay'), window, where },
  { requiredKeys: ['behavior'] },
) as fc.Arbitrary<Act>;
const purchase = fc.record({ window, where }, { requiredKeys: [] }) as fc.Arbitrary<Purchase>;
const step = fc.oneof(
  act.map((did) => ({ did })),
  purchase.map((bought) => ({ bought })),
) as fc.Arbitrary<Step>;

const ranged = <T extends object>(base: fc.Arbitrary<T>, ranges: Record<string, fc.Arbitrary<object>>) =>
  fc.tuple(base, fc.record(ranges, { requiredKeys: [] })).map(([given, bounds]) => ({ ...given, ...bounds }));

const stages = some('A', 'I', 'P', 'L', 'none');

const top = fc.oneof(
  act.map((each) => ({ by: 'events', ...each })),
  fc.record({ by: one('orders', 'days', 'amount', 'quantity'), window, where }, { requiredKeys: ['by'] }),
);

const leaf = fc.oneof(
  { weight: 3, arbitrary: ranged(act, { count: range(4), days: range(3), items: range(3) }).map((did) => ({ did })) },
  {
    weight: 3,
    arbitrary: ranged(purchase, {
      orders: range(3),
      days: range(3),
      amount: range(60),
      quantity: range(6),
      items: range(3),
      order_amount: range(40),
    }).map((bought) => ({ bought })),
  },
  fc.record({ in: some('A', 'I', 'P', 'L'), days: range(40) }).map((stayed) => ({ stayed })),
  some('HHH', 'LHH', 'HLH', 'LLH', 'HHL', 'LHL', 'HLL', 'LLL').map((classes) => ({ rfm: { in: classes } })),
  fc
    .tuple(one('recency', 'frequency', 'monetary'), range(4))
    .map(([of, { min, max }]: [string, { min?: number; max?: number }]) => ({
      score: { of, ...(min === undefined ? {} : { min: min + 1 }), ...(max === undefined ? {} : { max: max + 1 }) },
    })),
  fc
    .record({ window, where, nth: one(2, 3, 4), within_days: one(1, 7, 30, 400) }, { requiredKeys: ['within_days'] })
    .map((repurchased) => ({ repurchased })),
  range(70).map((age) => ({ age })),
  range(6).map((tier) => ({ city_tier: tier })),
  range(5).map((level) => ({ spend_level: level })),
  some('exquisite_mom', 'urban_silver', 'town_youth', 'z_era', 'urban_blue_collar', 'new_white_collar', 'unknown').map(
    (crowds) => ({ crowd: { taxonomy: 'eight', in: crowds } }),
  ),
  fc
    .record(
      { province: some('浙江省', '江苏'), city: some('杭州', '南京市'), city_tier: some(1, 2, 3) },
      { requiredKeys: ['city'] },
    )
    .map((region) => ({ region })),
  some('user', 'phone', 'email').map((id) => ({ has: { id } })),
  fc
    .record({ purpose: one('ads', 'mail'), is: one('granted', 'denied') }, { requiredKeys: ['purpose'] })
    .map((consent) => ({
      consent,
    })),
  fc
    .tuple(
      top,
      fc.oneof(
        one(1, 5, 40).map((n) => ({ n })),
        one(2, 10, 50, 100).map((percent) => ({ percent })),
      ),
    )
    .map(([by, most]) => ({ top: { ...by, ...most } })),
  fc.record({ in: stages, on: day }, { requiredKeys: ['in'] }).map((stage) => ({ stage })),
  fc.record({ from: stages, to: stages, days: fc.tuple(day, day) }).map(({ from, to, days }) => {
    const [first = end, second = end] = days.toSorted();
    return { moved: { from, to, between: [first, second] } };
  }),
  fc.record({ tier: range(3) }, { requiredKeys: [] }).map((member) => ({ member })),
  fc
    .record({ name: one('gender', 'province', 'taste'), in: some('f', 'm', '浙江', 'tea', '7') })
    .map((tag) => ({ tag })),
  fc.record({ name: one('city_tier', 'birth_year'), in: some<string | number>(1, '2', 1990) }).map((tag) => ({ tag })),
  fc.record({ name: one('city_tier', 'taste', 'gender'), range: range(12) }).map((tag) => ({ tag })),
  {
    weight: 3,
    arbitrary: fc
      .record(
        {
          steps: fc.array(step, { minLength: 1, maxLength: 3 }),
          within_days: one(0.5, 1, 7, 400),
          without: act.map((did) => ({ did })),
        },
        { requiredKeys: ['steps', 'within_days'] },
      )
      .map((sequence) => ({ sequence })),
  },
) as fc.Arbitrary<Rule>;

/** Rules at most three levels deep. */
export const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { weight: 3, arbitrary: leaf },
    fc.array(tie('rule'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
})).rule;
