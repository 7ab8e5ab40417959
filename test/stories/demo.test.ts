import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ImportReport } from '../../src/app/reports.ts';
import { dayNumber } from '../../src/base/day.ts';
import { unwatched } from '../../src/base/progress.ts';
import type { DemoManifest } from '../../src/demo/manifest.ts';
import { writeDemo } from '../../src/demo/write.ts';
import { paidLines } from '../../src/model/paid.ts';
import { as, type Fragment, sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';

/** The demo brand as a folder of exports, imported; each truth its maker planted is looked for in the product's answers. */
const home = freshHome();
let told: DemoManifest;
let report: ImportReport;

beforeAll(async () => {
  const folder = join(home.files, 'demo');
  told = await writeDemo(folder, { events: 10_000 });
  report = await home.import(folder);
});

/** Consumers behind a row of an answer. */
async function people(id: string, params: Record<string, unknown>, row: Record<string, unknown>): Promise<Set<number>> {
  return new Set(await (await home.product()).people(id, params, row, unwatched));
}

async function consumersWhere(which: Fragment): Promise<Set<number>> {
  const rows = await home.facts<{ consumer: number }>(
    sql`SELECT DISTINCT consumer FROM events WHERE consumer != 0 AND ${which}`,
  );
  return new Set(rows.map((row) => row.consumer));
}

/** Everybody in the two upper stages at the end: the two years are shorter than the window of P. */
async function buyers(): Promise<Set<number>> {
  const on = { on: told.end };
  const [paid, loyal] = [
    await people('aipl-stock', on, { stage: 'P' }),
    await people('aipl-stock', on, { stage: 'L' }),
  ];
  return new Set([...paid, ...loyal]);
}

/** How many of the consumers are among the others. */
const among = (some: ReadonlySet<number>, others: ReadonlySet<number>) =>
  [...some].filter((consumer) => others.has(consumer)).length;

/** Lines that count at the end, as the model has them. */
const kept = () => sql`(SELECT * FROM ${paidLines({ own: [] })} WHERE until > toUInt16(${as(told.end, 'Date')}))`;

test('every row of every file is taken', () => {
  const rows = report.files.map(({ file, entity, read, accepted, rejected }) => ({
    file,
    entity,
    rows: accepted,
    read,
    rejected,
  }));
  const expected = told.files.map((one) => ({ ...one, read: one.rows, rejected: 0 }));
  const byName = (a: { file: string }, b: { file: string }) => (a.file < b.file ? -1 : 1);
  expect(rows.toSorted(byName)).toEqual(expected.toSorted(byName));
});

test('consumers are as many as the people leave traces of, and the rows of nobody are counted', () => {
  expect(report.consumers).toBe(told.identity.consumers);
  expect(report.unidentified).toBe(told.identity.unidentifiedEvents);
});

test('a shop phone is found shared with as many accounts as used it, and names no consumer', async () => {
  const product = await home.product();
  const { shopPhones } = told.identity;
  expect(shopPhones.length).toBeGreaterThan(0);
  for (const { phone } of shopPhones)
    await expect(product.consumer(`phone:${phone}`)).rejects.toThrow('stands for more people than one can be');
  const shared = await home.facts<{ people: number }>(sql`SELECT people FROM shared FINAL WHERE people > 0`);
  const counts = (list: readonly number[]) => list.toSorted((a, b) => a - b);
  expect(counts(shared.map((row) => row.people))).toEqual(counts(shopPhones.map(({ users }) => users)));
});

test('a family phone joins the two to four accounts of its household', async () => {
  const product = await home.product();
  const { sample } = told.identity.familyPhones;
  expect(sample.length).toBeGreaterThan(2);
  for (const phone of sample.slice(0, 5)) {
    const { identifiers } = await product.consumer(`phone:${phone}`);
    const accounts = identifiers.filter((each) => each.type === 'user').length;
    expect([2, 3, 4]).toContain(accounts);
  }
});

test('P, L and the members at the end are those planted', async () => {
  const stock = await home.run('aipl-stock', { on: told.end });
  expect(stock.filter((row) => row.stage === 'P' || row.stage === 'L')).toEqual([
    { stage: 'P', consumers: told.stages.P },
    { stage: 'L', consumers: told.stages.L },
  ]);
  expect(told.stages.P + told.stages.L).toBe(told.sales.buyers);
  const fast = await home.run('fast', { from: told.end, to: told.end });
  expect(fast.find((row) => row.metric === 'S')?.value).toBe(told.members.current);
});

test('against a base without sales all net amount is W, a category at a time', async () => {
  const years = { from: told.from, to: told.end };
  const base = { base_from: '2000-01-01', base_to: '2000-01-31' };
  const rows = await home.run('grow', { ...years, ...base });
  expect(rows.map((row) => row.metric)).toEqual(rows.map(() => 'W'));
  const found = rows.map((row) => [String(row.category_id), Math.round(Number(row.value) * 100)] as const);
  expect(Object.fromEntries(found)).toEqual(told.sales.netAmountByCategory);
  expect(found.reduce((sum, [, one]) => sum + one, 0)).toBe(told.sales.netAmount);
});

test('the campaign week moves the planted share of its aware to interest', async () => {
  const { campaignId, from, to, aware, moved } = told.campaignWeek;
  const range = { from, to };
  const rose = await people('aipl-flow', range, { from_stage: 'A', to_stage: 'I' });
  const stayed = await people('aipl-flow', range, { from_stage: 'A', to_stage: 'A' });
  const reached = await consumersWhere(sql`campaign_id = ${campaignId}`);
  expect(moved).toBeGreaterThan(5);
  expect(reached.size).toBe(aware);
  expect([among(reached, rose), among(reached, stayed)]).toEqual([moved, aware - moved]);
});

test('the idle channel has as many buyers as planted, and so have the others', async () => {
  const { channel, exposed, exposedBuyers, others, otherBuyers } = told.idleChannel;
  const bought = await buyers();
  const seen = await consumersWhere(sql`channel = ${channel}`);
  expect([seen.size, report.consumers - seen.size]).toEqual([exposed, others]);
  expect([among(seen, bought), bought.size - among(seen, bought)]).toEqual([exposedBuyers, otherBuyers]);
});

test('one item declines and another takes off, in eight parts of the two years', async () => {
  const first = dayNumber(told.from);
  const days = dayNumber(told.end) - first + 1;
  const part = sql`intDiv((toInt64(toUInt16(day)) - ${first}) * 8, ${days})`;
  const unitsOf = async (which: Fragment) => {
    const rows = await home.facts<{ part: number; units: number }>(
      sql`SELECT ${part} AS part, sum(quantity) AS units FROM ${kept()} WHERE ${which} GROUP BY part`,
    );
    return Array.from({ length: 8 }, (_, i) => rows.find((row) => Number(row.part) === i)?.units ?? 0);
  };
  expect(await unitsOf(sql`1`)).toEqual(told.units);
  expect(await unitsOf(sql`item_id = ${told.decliningItem.itemId}`)).toEqual(told.decliningItem.units);
  expect(await unitsOf(sql`item_id = ${told.risingItem.itemId}`)).toEqual(told.risingItem.units);
});

test('mothers of small children and the others buy again within 90 days as planted', async () => {
  const watched = await people('repurchase', { on: told.end, within_days: 90 }, { nth: 1 });
  const lines = await home.facts<{ consumer: number; days: number[]; mother: number }>(sql`
    SELECT consumer, arraySort(groupUniqArray(toUInt16(day))) AS days,
      any(gender = 'f' AND ifNull(baby_age, 99) <= 3) AS mother
    FROM ${kept()} AS l INNER JOIN (SELECT consumer, gender, baby_age FROM profiles) AS p ON p.consumer = l.consumer
    GROUP BY consumer`);
  const counts = { mothers: { buyers: 0, again: 0 }, others: { buyers: 0, again: 0 } };
  for (const { days, mother } of lines.filter(({ consumer }) => watched.has(consumer))) {
    const count = counts[mother === 1 ? 'mothers' : 'others'];
    count.buyers += 1;
    const [once = 0, next = Number.POSITIVE_INFINITY] = days;
    if (next - once <= 90) count.again += 1;
  }
  expect(told.mothers).toMatchObject(counts);
});
