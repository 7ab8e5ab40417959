import { mkdtempSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unwatched } from '../../src/base/progress.ts';
import { id, join, sql } from '../../src/warehouse/sql.ts';
import { type Case, cases, rowsOf, togetherCases } from '../oracle/cases.ts';
import { toFiles } from '../oracle/files.ts';
import { normalised } from '../oracle/identity.ts';
import { stages } from '../oracle/stage.ts';
import type { Rows } from '../oracle/world.ts';
import { freshHome, type Home } from '../product.ts';
import { agree } from './answers.fixture.ts';

/** Imports rows as the canonical files they would come in. */
async function importRows(home: Home, rows: Partial<Rows>) {
  const dir = mkdtempSync(joinPath(home.files, 'rows-'));
  await toFiles(rows, dir);
  return home.import(dir);
}

/** Stage of each consumer that has one. */
async function stagesOf(home: Home, { on, scope: { brand, category } = {} }: Case): Promise<Map<number, string>> {
  const product = await home.product();
  const params = { on, ...(brand === undefined ? {} : { brand }), ...(category === undefined ? {} : { category }) };
  const found = new Map<number, string>();
  for (const stage of stages)
    for (const consumer of await product.people('aipl-stock', params, { stage }, unwatched)) {
      expect(found.get(consumer)).toBeUndefined();
      found.set(consumer, stage);
    }
  return found;
}

const consumerOf = async (home: Home, id: string) => (await (await home.product()).consumer(`user:${id}`)).consumer;

test('every case that may lie with others has its stages in one home with all of them', async () => {
  const home = freshHome();
  await importRows(home, rowsOf(togetherCases));
  const [one] = togetherCases;
  if (!one) throw new Error('no case');
  const held = await stagesOf(home, one);
  const users = await home.facts<{
    value: string;
    consumer: number;
  }>(sql`SELECT i.value AS value, p.consumer AS consumer
    FROM (SELECT ident, value FROM identifiers FINAL WHERE type = 'user') AS i
    INNER JOIN (SELECT who, consumer FROM people FINAL) AS p ON p.who = i.ident`);
  const consumers = new Map(users.map(({ value, consumer }) => [value, consumer]));
  const stageOf = (id: string) => held.get(consumers.get(normalised('id_user', id)) ?? 0) ?? 'none';
  const expected = togetherCases.flatMap(({ name, expect: { stages: each = {} } }) =>
    Object.entries(each).map(([id, stage]) => [name, id, stage]),
  );
  expect(expected.length).toBeGreaterThan(100);
  expect(expected.map(([name, id]) => [name, id, stageOf(id ?? '')])).toEqual(expected);
});

/** Own brands of a workspace, as text: cases of the same brands share a home, one after another. */
const brandsOf = (one: Case) => (one.scope?.ownBrands ?? []).join(' ');
/** Tables that outlive facts: what the lifecycle has kept, and what it is still to look at. */
const remembered = ['touched', 'stage_spans', 'migrations'];
const alone = cases.filter((one) => !togetherCases.includes(one));

describe.each([...new Set(alone.map(brandsOf))])('in a home of the own brands "%s"', (brands) => {
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
    try {
      for (const one of told) await expectCase(home, one, report);
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

async function expectCase(home: Home, one: Case, report: { consumers: number; unidentified: number }) {
  const { stages: held, consumers, unidentified, answers = [] } = one.expect;
  if (unidentified !== undefined) expect([one.name, report.unidentified]).toEqual([one.name, unidentified]);
  if (held !== undefined) {
    const found = await stagesOf(home, one);
    for (const [id, stage] of Object.entries(held))
      expect([one.name, id, found.get(await consumerOf(home, id)) ?? 'none']).toEqual([one.name, id, stage]);
  }
  if (consumers !== undefined) {
    const numbers = await Promise.all(consumers.map((ids) => Promise.all(ids.map((id) => consumerOf(home, id)))));
    expect(numbers.map((same) => new Set(same).size)).toEqual(consumers.map(() => 1));
    expect([new Set(numbers.flat()).size, report.consumers]).toEqual([consumers.length, consumers.length]);
  }
  await agree(home, answers, one.scope);
}
