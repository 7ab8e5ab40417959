import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { answer, dataState } from '../../src/api/analyses.ts';
import { ruleChange, rulePreview, ruleSetEntry } from '../../src/api/rules.ts';
import { defaultRules } from '../../src/model/rules/default.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { type Asking, fault, type HttpHome, httpHome, told } from './home.ts';

const home = httpHome();
let at: HttpHome;
beforeAll(async () => {
  at = await home.open();
});

const on = '2026-06-30';

/** The default rules in which a purchase counts for twenty days only, under a name of the tenant's own. */
function shortMemory(days = 20) {
  const set = structuredClone(defaultRules);
  const when = [{ paid: { days, on_days: 1 } }];
  return {
    ...set,
    name: 'house',
    stages: set.stages.map((stage) => (stage.code === 'P' ? { ...stage, when } : stage)),
  };
}

const preview = (rules: unknown) =>
  told(rulePreview, at.ask('/api/rules/preview', { as: 'viewer', body: { rules, on } }));
const save = (body: unknown, asking: Asking = {}) => at.ask('/api/rules', { as: 'operator', body, ...asking });
const spansOf = async (key: string) => {
  const { warehouse } = at.services.product.installation.context;
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM stage_spans WHERE rules = ${key}`,
  );
  return row?.rows;
};

describe('what would change', () => {
  test('is shown before a set is saved, and nothing is kept of it', async () => {
    const shown = await preview(shortMemory());
    expect(shown).toMatchObject({ now: 'default@1', changed: 1 });
    expect(shown.stages.map(({ code, now, next }) => [code, now, next])).toEqual([
      ['A', 2, 2],
      ['I', 1, 1],
      ['P', 1, 0],
      ['L', 1, 1],
    ]);
    expect(shown.moves).toContainEqual({ from: 'P', to: '', consumers: 1 });
    expect(shown.changes).toEqual([{ path: 'stages.P.when.0.paid.days', from: 912, to: 20 }]);
    expect(await spansOf('house@1')).toBe(0);
  });

  test('is shown between two models with other stages', async () => {
    const shown = await preview('o-5a');
    expect(shown.stages.find(({ code }) => code === 'A')).toMatchObject({ now: 2, next: 0 });
    expect(shown.stages.find(({ code }) => code === 'A5')).toMatchObject({ now: 0, next: 1 });
    expect(await spansOf('o-5a@1')).toBe(0);
  });

  test('is the same as what an answer says once the set is adopted', async () => {
    const shown = await preview(shortMemory(40));
    const { key } = await told(ruleSetEntry, save(shortMemory(40)));
    const said = await told(answer, at.ask('/api/analyses/aipl-stock', { body: { on, rules: key } }));
    expect(said.rows).toEqual(shown.stages.map((stage) => ({ stage: stage.code, consumers: stage.next })));
  });
});

describe('a set that is saved', () => {
  test('is the next version of its name, the tenant’s own, and saved once', async () => {
    const first = await told(
      ruleSetEntry,
      save({ ...shortMemory(50), name: 'mine', version: 99, origin: 'published' }),
    );
    expect(first).toMatchObject({ key: 'mine@1', origin: 'tenant', adopted: false });
    const second = await told(ruleSetEntry, save({ ...shortMemory(60), name: 'mine' }));
    expect(second.key).toBe('mine@2');
    expect(await fault(save({ ...shortMemory(50), name: 'mine' }))).toMatchObject({ is: 409, code: 'rules_same' });
    const differences = await told(z.array(ruleChange), at.ask('/api/rules/diff?from=mine@1&to=mine@2'));
    expect(differences).toEqual([{ path: 'stages.P.when.0.paid.days', from: 50, to: 60 }]);
  });

  test('keeps its origin where it says what a published set says', async () => {
    expect(await told(ruleSetEntry, save({ ...defaultRules, name: 'copy' }))).toMatchObject({ origin: 'published' });
  });

  test.each([
    ['a window of no days', (set: Set) => Object.assign(set.rfm, { days: 0 }), 'rfm.days'],
    ['a condition of no kind', (set: Set) => set.stages[1]?.when.push({} as never), 'stages.1.when.4'],
    [
      'a fault inside a condition',
      (set: Set) => set.stages[0]?.when.push({ did: ['x'], days: -1, on_days: 1 }),
      'stages.0.when.1.days',
    ],
    ['two stages of one code', (set: Set) => Object.assign(set.stages[1] ?? {}, { code: 'A' }), 'stages.1.code'],
    ['a key of nothing', (set: Set) => Object.assign(set, { nothing: 1 }), 'nothing'],
    ['a name of other letters', (set: Set) => Object.assign(set, { name: '../x' }), 'name'],
  ])('is refused with the place of the fault: %s', async (_, spoil, place) => {
    const set = structuredClone(defaultRules);
    spoil(set);
    const refused = await fault(save(set));
    expect(refused).toMatchObject({ is: 400, code: 'rules' });
    expect(refused.detail).toContain(place);
  });

  test('does no harm by names that objects have of their own', async () => {
    const set = { ...shortMemory(), name: 'odd' };
    const [stage, ...rest] = set.stages;
    const when = [{ did: ['constructor', '__proto__', 'toString'], days: 15, on_days: 1 }];
    const shown = await preview({ ...set, stages: [{ ...stage, when }, ...rest] });
    expect(shown.stages[0]).toMatchObject({ code: 'A', now: 2, next: 0 });
  });
});

describe('the rules of the home', () => {
  test('are adopted by an operator, noted by name, and change the version of the data', async () => {
    await told(ruleSetEntry, save({ ...shortMemory(70), name: 'next' }));
    const before = await told(dataState, at.ask('/api/data'));
    expect((await at.ask('/api/rules/adopt', { body: { key: 'next@1' } })).status).toBe(403);
    expect(await (await at.ask('/api/rules/adopt', { as: 'operator', body: { key: 'next' } })).json()).toEqual({
      adopted: 'next@1',
    });
    const after = await told(dataState, at.ask('/api/data'));
    expect([after.rules, after.version === before.version]).toEqual(['next@1', false]);
    const entries = await told(z.array(ruleSetEntry), at.ask('/api/rules'));
    expect(entries.filter(({ adopted }) => adopted).map(({ key }) => key)).toEqual(['next@1']);
    const { registry } = at.services.product.installation.context;
    const noted = await registry.rows(`SELECT actor, detail FROM audit WHERE action = 'rules.adopt'`);
    expect(noted).toEqual([{ actor: 'some operator', detail: { name: 'next', version: 1 } }]);
  });

  test('are given in full by name or by version', async () => {
    for (const key of ['default', 'default@1'])
      expect(await (await at.ask(`/api/rules/${key}`)).json()).toEqual(defaultRules);
    expect(await fault(at.ask('/api/rules/default@9'))).toMatchObject({ is: 404, code: 'rules' });
    expect((await at.ask('/api/rules/Default%2F..')).status).toBe(400);
  });
});

type Set = typeof defaultRules;
