import { describe, expect, test } from 'vitest';
import type { ImportReport } from '../../src/app/reports.ts';
import { addDays } from '../../src/base/day.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { type Dice, dice } from '../oracle/dice.ts';
import { smallWorld, usualSize } from '../oracle/generate.ts';
import { idsOf, type Row, type Rows, world } from '../oracle/world.ts';
import { freshHome, type Home } from '../product.ts';
import { agree, expectedOf, importRows, namedRows, questionsOn } from './answers.fixture.ts';

const { end } = usualSize;

/** Who is one consumer: the identifiers of each, as the home has them, personal ones hashed. */
async function partition(home: Home): Promise<string[]> {
  const rows = await home.facts<{ ids: string[] }>(sql`
    SELECT arraySort(groupArray(concat(i.type, ':', i.value))) AS ids
    FROM (SELECT who, consumer FROM people FINAL WHERE consumer != 0) AS p
    INNER JOIN (SELECT ident, type, value FROM identifiers FINAL) AS i ON i.ident = p.who GROUP BY p.consumer`);
  return rows.map((row) => row.ids.join(' ')).toSorted();
}

/** Of a partition, the users of each consumer that has any. */
const usersOf = (consumers: readonly string[]) =>
  consumers
    .map((ids) => ids.split(' ').flatMap((id) => (id.startsWith('user:') ? [id.slice('user:'.length)] : [])))
    .filter((users) => users.length > 0)
    .map((users) => users.toSorted().join(' '))
    .toSorted();

/** The world that can be taken, and how many rows cannot. */
function byName(rows: Rows): { named: Rows; nameless: number } {
  const named = namedRows(rows);
  const count = (all: Rows) => Object.values(all).reduce((sum, list) => sum + list.length, 0);
  return { named, nameless: count(rows) - count(named) };
}

const refused = (reports: readonly ImportReport[]) =>
  reports.flatMap((report) => report.files).reduce((sum, file) => sum + file.rejected, 0);

function shuffled<T>(list: readonly T[], roll: Dice): T[] {
  return list
    .map((one) => ({ one, place: roll.int(2 ** 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

/** Half of the rows in one part, less in each after it, and next to none in the last: few consumers are touched by it. */
const weights = [60, 37, 3];

/** The rows in another order, split into parts; the lines of an order stay in one part, for some have no line_id. */
function split(rows: Rows, roll: Dice): Partial<Rows>[] {
  const homes = new Map<string, number>();
  const draw = () => {
    const point = roll.int(100);
    return weights.findIndex((_, index) => point < weights.slice(0, index + 1).reduce((sum, each) => sum + each, 0));
  };
  const partOf = (row: Row) => {
    if (row.amount === undefined || row.order_time === undefined) return draw();
    const part = homes.get(row.order_id ?? '') ?? draw();
    homes.set(row.order_id ?? '', part);
    return part;
  };
  const placed = (list: readonly Row[]) => shuffled(list, roll).map((row) => ({ row, part: partOf(row) }));
  const all = Object.entries(rows).map(([entity, list]) => [entity, placed(list)] as const);
  return weights.map((_, index) =>
    Object.fromEntries(
      all.map(([entity, list]) => [entity, list.filter(({ part }) => part === index).map(({ row }) => row)]),
    ),
  );
}

/** Twenty files in and every question thrice: a busy machine needs its time. */
const timeout = 180_000;

describe.each([21])('the little world of seed %i, through the whole product', { timeout }, (seed) => {
  const home = freshHome();
  const rows = smallWorld(seed);
  const { named, nameless } = byName(rows);
  const known = world(named);
  const roll = dice(seed);
  const answers = [end, addDays(end, -15), addDays(end, -364)].flatMap((on) => expectedOf(known, questionsOn(on)));
  const totals = { consumers: known.lives.size, unidentified: known.unidentified };
  let consumers: string[] = [];

  test('gives the consumers of the oracle and its answers to all eight questions', async () => {
    const report = await importRows(home, rows);
    expect(report).toMatchObject(totals);
    expect(refused([report])).toBe(nameless);
    await agree(home, answers);
    consumers = await partition(home);
    const expected = [...known.lives.values()].map((life) => idsOf(life, 'id_user').toSorted().join(' '));
    expect(usersOf(consumers)).toEqual(expected.filter((users) => users !== '').toSorted());
    await home.undo(report);
  });

  test('gives the same in any order and any split, asked between the parts, and twice', async () => {
    const parts = split(rows, roll);
    const reports: ImportReport[] = [];
    for (const part of parts) {
      reports.push(await importRows(home, part));
      await home.run('aipl-stock', { on: end });
    }
    expect(refused(reports)).toBe(nameless);
    await agree(home, answers);
    expect(await partition(home)).toEqual(consumers);
    for (const part of shuffled(parts, roll)) {
      const { files, ...again } = await importRows(home, part);
      expect(again).toMatchObject(totals);
      expect(files.filter((file) => file.accepted !== 0)).toEqual([]);
    }
    await agree(home, answers.slice(0, 4));
    expect(await partition(home)).toEqual(consumers);
  });
});
