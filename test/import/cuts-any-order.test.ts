import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identOf } from '../../src/app/linkNames.ts';
import { liftCut, makeCut } from '../../src/intake/cuts.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { type Asked, type Card, cuttingOf, partitionByHand, rowOf, type Shown, shownIn } from './cuts.fixture.ts';
import { csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
afterAll(() => home.end());

const sources = ['app', 'shop'] as const;
const day = (n: number) => `2026-07-0${n}T00:00:00.000Z`;
let files = 0;

async function bring(rows: readonly Shown[]): Promise<number | undefined> {
  const [first] = rows;
  if (!first) return undefined;
  home.now = new Date(first.at);
  const cells = rows.map(({ card }) => ({ ...rowOf(card), keyword: '' }));
  const text = csv([...cells, { ...rowOf({ user: 'nobody' }), keyword: `file ${files}` }]);
  files += 1;
  return (await home.take(home.file(`events-${files}.csv`, text), { source: first.source })).import;
}

/** Everything the home says of who is whom, and of whose the rows are. */
async function told() {
  const [rows] = await home.rows<{ nobody: number; strangers: number }>(sql`SELECT countIf(e.consumer = 0) AS nobody,
    countIf(e.consumer != p.consumer) AS strangers FROM events AS e
    INNER JOIN (SELECT who, consumer FROM people FINAL) AS p ON p.who = e.who`);
  return { groups: await home.partition(), nobody: rows?.nobody, strangers: rows?.strangers };
}

/** Few values, so that rows meet; one user in eight is of many, so that some telephone may be beside too many. */
const number = fc.oneof({ weight: 7, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(13) });
const few = fc.nat(2);
const card: fc.Arbitrary<Card> = fc
  .record({
    user: fc.option(
      number.map((n) => `u${n}`),
      { nil: '', freq: 3 },
    ),
    phone: fc.option(
      few.map((n) => `1390000000${n}`),
      { nil: '', freq: 3 },
    ),
    device: fc.option(
      few.map((n) => `d${n}`),
      { nil: '', freq: 3 },
    ),
  })
  .filter((each) => Object.values(each).some((text) => text !== ''));
const named = {
  user: few.map((n) => `user:u${n}`),
  phone: few.map((n) => `phone:1390000000${n}`),
  device: few.map((n) => `device:d${n}`),
};
const pair = fc.oneof(
  fc.tuple(named.user, named.phone),
  fc.tuple(named.device, named.user),
  fc.tuple(named.phone, named.device),
);
const cut: fc.Arbitrary<Asked> = fc.oneof(
  fc.oneof(...Object.values(named)).map((identifier): Asked => ({ kind: 'identifier', identifier })),
  pair.map((both): Asked => ({ kind: 'pair', pair: both })),
  fc.constantFrom<Asked>(
    { kind: 'source', source: 'shop' },
    { kind: 'time', from: day(2) },
    { kind: 'time', from: day(3), source: 'app' },
  ),
);
const cuts = fc.uniqueArray(cut, { minLength: 2, maxLength: 4, selector: (each) => JSON.stringify(each) });

/** Files in the order they come, each of one source and day; cards come again in a file and in others. */
const batched = fc.array(
  fc
    .record({
      source: fc.constantFrom(...sources),
      at: fc.integer({ min: 1, max: 3 }).map(day),
      cards: fc.array(fc.tuple(card, fc.constantFrom(1, 1, 2)), { minLength: 2, maxLength: 10, size: 'max' }),
    })
    .map(({ cards, ...file }) =>
      cards.flatMap(([each, times]) => Array.from({ length: times }, (): Shown => ({ card: each, ...file }))),
    ),
  { minLength: 3, maxLength: 5 },
);

test('any order, batching and doubling of rows, with cuts made at any moment between, gives what union by hand gives', async () => {
  await fc.assert(
    fc.asyncProperty(batched, cuts, fc.nat(2), fc.nat(9), async (batches, all, moment, undone) => {
      let asked = all;
      await home.reset();
      await home.context.registry.rows('DELETE FROM cut');
      const numbers: number[] = [];
      const imports: Array<number | undefined> = [];
      const stranger: Shown = { card: { user: 'nobody' }, source: 'app', at: day(1) };
      const agree = async (rows: readonly Shown[], inForce: readonly Asked[], when: string) => {
        const { groups, strangers } = await told();
        const expected = shownIn(home, partitionByHand([...rows, stranger], inForce));
        expect([when, groups, strangers]).toEqual([when, expected, 0]);
      };
      for (const [i, batch] of [...batches, []].entries()) {
        const due = asked.slice(numbers.length, i < batches.length ? Math.max(0, i - moment) : asked.length);
        for (const each of due) {
          const cutting = await cuttingOf(each, (name) => identOf(home.context, name));
          numbers.push((await makeCut(home.context, { cutting, madeBy: 'test', note: '' })).id);
        }
        if (numbers.length > 0) await agree(batches.slice(0, i).flat(), asked.slice(0, numbers.length), 'cut');
        imports.push(await bring(batch));
      }
      await agree(batches.flat(), asked, 'under every cut');
      const gone = undone % batches.length;
      await home.undo(imports[gone] ?? 0);
      const left = batches.filter((_, i) => i !== gone).flat();
      await agree(left, asked, 'with a file taken back');
      while (numbers.length > 0) {
        const lifted = (undone + numbers.length) % numbers.length;
        await liftCut(home.context, numbers[lifted] ?? 0);
        numbers.splice(lifted, 1);
        asked = asked.filter((_, i) => i !== lifted);
        await agree(left, asked, `with ${asked.length} cuts left`);
      }
    }),
    { numRuns: 3, seed: 6 },
  );
}, 120_000);
