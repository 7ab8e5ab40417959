import { describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { type Answer, type Case, cases, rowsOf, togetherCases } from './cases.ts';
import { normalised } from './identity.ts';
import { stageOn } from './stage.ts';
import { idsOf, type Rows, world } from './world.ts';

/** Rates and yuan to half a cent, all else exactly. */
const near = (rows: Answer['rows']) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? expect.closeTo(value, 2) : value]),
    ),
  );

const stagesIn = (rows: Partial<Rows>, { on, scope, expect: { stages = {} } }: Case) => {
  const told = world(rows);
  const consumerOf = new Map(
    [...told.lives].flatMap(([consumer, life]) => idsOf(life, 'id_user').map((id) => [id, consumer])),
  );
  return Object.fromEntries(
    Object.keys(stages).map((id) => [id, stageOn(told, consumerOf.get(normalised('id_user', id)) ?? -1, on, scope)]),
  );
};

describe('the oracle says what was counted by hand:', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const told = world(one.rows);
    const { stages, consumers, unidentified, answers = [] } = one.expect;
    if (stages !== undefined) expect(stagesIn(one.rows, one)).toEqual(stages);
    if (consumers !== undefined) {
      const groups = [...told.lives.values()].map((life) => idsOf(life, 'id_user').toSorted());
      expect(groups.toSorted()).toEqual(consumers.map((ids) => [...ids].toSorted()).toSorted());
    }
    if (unidentified !== undefined) expect(told.unidentified).toBe(unidentified);
    for (const answer of answers) expect(ask(told, answer, one.scope)).toEqual(near(answer.rows));
  });
});

describe('the table of cases', () => {
  test('names each case once and lets each expect something', () => {
    expect(new Set(cases.map((one) => one.name)).size).toBe(cases.length);
    expect(cases.filter((one) => Object.keys(one.expect).length === 0)).toEqual([]);
  });

  test('says the same of the cases that may lie together when they do', () => {
    const together = rowsOf(togetherCases);
    const expected = Object.assign({}, ...togetherCases.map((one) => one.expect.stages));
    const one: Case = { name: 'together', rows: together, on: '2026-06-30', expect: { stages: expected } };
    expect(new Set(togetherCases.map((each) => each.on))).toEqual(new Set([one.on]));
    expect(stagesIn(together, one)).toEqual(expected);
  });
});
