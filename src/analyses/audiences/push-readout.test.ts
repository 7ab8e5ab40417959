import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../warehouse/sql.ts';
import { cardOf, keepGroups } from '../testing/pushed.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { pushReadout } from './push-readout.ts';

const { warehouse } = store();
const on = '2026-06-30';
const params = { push: 'p', on };
/** 1..70 are sent, 71..150 are controls; they came in on 2026-06-10. */
const TREATED = 70;
const ALL = 150;

const group = (sides: readonly (readonly [number, number])[], holdout = 5333) =>
  keepGroups(warehouse(), { name: 'p', day: '2026-06-10', sides, holdout });

const everybody = Array.from({ length: ALL }, (_, i): [number, number] => [i + 1, i < TREATED ? 1 : 0]);

/** 56 of those sent and 48 of the controls bought for 100 after they came in. */
const buyers = everybody.flatMap(([consumer, side]) =>
  (side === 1 ? consumer <= 56 : consumer <= TREATED + 48) ? [consumer] : [],
);
const bought: Facts = {
  items: [
    { item_id: 'tea', brand: '', category_id: 'tea' },
    { item_id: 'cup', brand: '', category_id: 'cup' },
  ],
  orders: [
    ...buyers.map((consumer) => ({ consumer, paid: '2026-06-10', amount: 100, item_id: 'tea' })),
    // 1 had bought tea before, and 2 a cup; 3 had bought tea more than a year before.
    { consumer: 1, paid: '2026-06-09', amount: 7, item_id: 'tea' },
    { consumer: 2, paid: '2026-06-01', amount: 7, item_id: 'cup' },
    { consumer: 3, paid: '2025-06-09', amount: 7, item_id: 'tea' },
    // 150 bought after the day that is asked.
    { consumer: 150, paid: '2026-07-01', amount: 7, item_id: 'tea' },
  ],
  events: [
    { consumer: 60, time: '2026-06-12', behavior: 'cart' },
    { consumer: 61, time: '2026-06-09', behavior: 'cart' },
  ],
};

const rowsOf = async (given: Readonly<Record<string, unknown>> = params) =>
  Object.fromEntries((await ask(warehouse(), pushReadout, given)).map((row) => [String(row.metric), row]));

describe('the read-out', () => {
  beforeAll(async () => {
    await tell(warehouse(), bought);
    await group(everybody);
  });

  test('of purchases is the published example of two shares (Newcombe 1998, table II, a)', async () => {
    const { purchase } = await rowsOf();
    expect(purchase).toMatchObject({ treated: 70, control: 80, treated_value: 0.8, control_value: 0.6 });
    for (const [column, value] of [
      ['lift', 0.2],
      ['low', 0.0524],
      ['high', 0.3339],
      ['p', 0.008],
    ] as const)
      expect(purchase?.[column]).toBeCloseTo(value, 4);
  });

  test('counts who is new to the brand, and who to the category, as they came in', async () => {
    const { brand_new, category_new, reach, deepening } = await rowsOf();
    // 1 and 2 had bought of the brand within the year; 3 had not. Tea was new to 2, and not to 1 and 3.
    expect(brand_new).toMatchObject({ treated_value: 54 / 70, control_value: 48 / 80 });
    expect(category_new).toMatchObject({ treated_value: 54 / 70, control_value: 48 / 80 });
    // 60 put something into the cart after it came in, 61 before.
    expect(reach?.treated_value).toBeCloseTo(57 / 70, 12);
    // 1 and 2 paid twice within a year and are loyal; 3 had paid before, and is as deep as it was; the cart of 60 has run out.
    expect(deepening).toMatchObject({ treated_value: 55 / 70, control_value: 48 / 80 });
  });

  test('of money counts who bought nothing, with Welch’s interval', async () => {
    const { gmv_per_head } = await rowsOf();
    expect(gmv_per_head).toMatchObject({ treated_value: 80, control_value: 60, lift: 20 });
    // Variances 100² · 0.16 · 70/69 and 100² · 0.24 · 80/79; standard error 7.3 by hand, t 2.70, df 147.99.
    const error = Math.sqrt((1600 * 70) / 69 / 70 + (2400 * 80) / 79 / 80);
    expect(Number(gmv_per_head?.high) - 20).toBeCloseTo(1.97612 * error, 2);
  });

  test('opens a row into the treated behind it', async () => {
    expect(await peopleOf(warehouse(), pushReadout, { ...(await rowsOf()).purchase }, params)).toEqual(
      buyers.filter((consumer) => consumer <= TREATED),
    );
  });

  test('has no crowds where none are known, and nothing of a small group', async () => {
    const { strategic_crowd_share } = await rowsOf();
    expect(strategic_crowd_share).toMatchObject({ treated: 56, control: 48, treated_value: null, lift: null });
    await group(everybody.filter(([consumer]) => consumer <= TREATED + 29));
    expect((await rowsOf()).purchase).toMatchObject({ treated: 70, control: 29, treated_value: null, p: null });
  });

  test('compares nothing where the split is not the one that was meant', async () => {
    await group(everybody, 1000);
    const { split, purchase } = await rowsOf();
    expect(Number(split?.p)).toBeLessThan(0.001);
    expect(purchase).toMatchObject({ treated_value: 0.8, control_value: 0.6, lift: null, low: null, p: null });
  });

  test('leaves out who turned out to stand on both sides', async () => {
    await group(everybody);
    await warehouse().run(sql`INSERT INTO people (who, consumer, version) SELECT ${cardOf(71)}, 1, 2`);
    expect((await rowsOf()).split).toMatchObject({ treated: 69, control: 79 });
  });

  test('sees nobody before they came in', async () => {
    expect(await ask(warehouse(), pushReadout, { push: 'p', on: '2026-06-09' }, lens())).toEqual([]);
  });
});
