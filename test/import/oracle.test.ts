import { describe, expect, test } from 'vitest';
import { unwatched } from '../../src/base/progress.ts';
import { id, join, sql } from '../../src/warehouse/sql.ts';
import { type Case, cases, rowsOf, togetherCases } from '../oracle/cases.ts';
import { normalised } from '../oracle/identity.ts';
import { stages } from '../oracle/stage.ts';
import { freshHome, type Home } from '../product.ts';
import { agree, importRows } from './answers.fixture.ts';

/** Consumers at a stage in a case's scope. */
async function at(home: Home, stage: string, { on, scope: { brand, category } = {} }: Case): Promise<Set<number>> {
  const params = { on, ...(brand === undefined ? {} : { brand }), ...(category === undefined ? {} : { category }) };
  return new Set(await (await home.product()).people('aipl-stock', params, { stage }, unwatched));
}

/** The stage at which each consumer of a case stands, each stage asked once. */
async function standing(home: Home, one: Case): Promise<(consumer: number) => string> {
  const held = await Promise.all(stages.map(async (stage) => ({ stage, people: await at(home, stage, one) })));
  return (consumer) =>
    held
      .filter(({ people }) => people.has(consumer))
      .map(({ stage }) => stage)
      .join(' ') || 'none';
}

/** Consumer of an `id_user`, asked of the product once. */
type Who = (id: string) => Promise<number>;

function asking(home: Home): Who {
  const known = new Map<string, Promise<number>>();
  const ask = async (id: string) => (await (await home.product()).consumer(`user:${id}`)).consumer;
  return (id) => {
    const found = known.get(id) ?? ask(id);
    known.set(id, found);
    return found;
  };
}

describe('in one home', () => {
  const home = freshHome();

  test('every case that may lie with others has its stages in one home with all of them', async () => {
    await importRows(home, rowsOf(togetherCases));
    const [one] = togetherCases;
    if (!one) throw new Error('no case');
    const standsAt = await standing(home, one);
    const users = await home.facts<{
      value: string;
      consumer: number;
    }>(sql`SELECT i.value AS value, p.consumer AS consumer
      FROM (SELECT ident, value FROM identifiers FINAL WHERE type = 'user') AS i
      INNER JOIN (SELECT who, consumer FROM people FINAL) AS p ON p.who = i.ident`);
    const consumers = new Map(users.map(({ value, consumer }) => [value, consumer]));
    const stageOf = (id: string) => standsAt(consumers.get(normalised('id_user', id)) ?? 0);
    const expected = togetherCases.flatMap(({ name, expect: { stages: each = {} } }) =>
      Object.entries(each).map(([id, stage]) => [name, id, stage]),
    );
    expect(expected.length).toBeGreaterThan(100);
    expect(expected.map(([name, id]) => [name, id, stageOf(id ?? '')])).toEqual(expected);
  });
});

/** Own brands of a workspace, as text: cases of the same brands share a home, one after another. */
const brandsOf = (one: Case) => (one.scope?.ownBrands ?? []).join(' ');
/** Tables that outlive facts: what the lifecycle has kept, and what it is still to look at. */
const remembered = ['touched', 'touched_profiles', 'stage_spans', 'migrations'];
const alone = cases.filter((one) => !togetherCases.includes(one));

describe.each([...new Set(alone.map(brandsOf))])('in a home of the own brands "%s"', { timeout: 120_000 }, (brands) => {
  const home = freshHome(brands === '' ? {} : { brands: brands.split(' ') });
  const here = alone.filter((one) => brandsOf(one) === brands);
  const worlds = [...new Set(here.map((one) => one.rows))].map((rows) => {
    const told = here.filter((one) => one.rows === rows);
    return { name: told.map((one) => one.name).join('; '), rows, told };
  });

  test.each(worlds)('$name', async ({ rows, told }) => {
    const report = await importRows(home, rows);
    expect(report.files.map(({ file, rejected }) => [file, rejected])).toEqual(
      report.files.map(({ file }) => [file, 0]),
    );
    const who = asking(home);
    try {
      for (const one of told) await expectCase(home, one, report, who);
    } finally {
      await home.undo(report);
    }
  });

  test('when every import has been taken back, nothing is left of any', async () => {
    const named = await home.facts<{ name: string }>(
      sql`SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name`,
    );
    const tables = named.map((each) => each.name).filter((name) => !remembered.includes(name));
    expect(tables).toContain('order_lines_past');
    const counts = tables.map((name) => sql`SELECT ${name} AS name, count() AS rows FROM ${id(name)}`);
    expect(await home.facts(sql`SELECT * FROM (${join(counts, ' UNION ALL ')}) WHERE rows > 0`)).toEqual([]);
  });
});

async function expectCase(home: Home, one: Case, report: { consumers: number; unidentified: number }, who: Who) {
  const { stages: held, consumers, unidentified, answers = [] } = one.expect;
  if (unidentified !== undefined) expect([one.name, report.unidentified]).toEqual([one.name, unidentified]);
  const stageOf = held && (await standing(home, one));
  for (const [id, stage] of Object.entries(held ?? {}))
    expect([one.name, id, stageOf?.(await who(id))]).toEqual([one.name, id, stage]);
  if (consumers !== undefined) {
    const numbers = await Promise.all(consumers.map((ids) => Promise.all(ids.map(who))));
    expect(numbers.map((same) => new Set(same).size)).toEqual(consumers.map(() => 1));
    expect([new Set(numbers.flat()).size, report.consumers]).toEqual([consumers.length, consumers.length]);
  }
  await agree(home, answers, one.scope);
}
