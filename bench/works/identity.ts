import { join } from 'node:path';
import { ident } from '../../src/identity/identifier.ts';
import { Interner } from '../../src/identity/interner.ts';
import { typeOf } from '../../src/identity/types.ts';
import { Union } from '../../src/identity/union.ts';
import type { Context, StagedFile } from '../../src/intake/context.ts';
import { nextCommit } from '../../src/intake/journal.ts';
import { identify } from '../../src/intake/people.ts';
import { stageTable } from '../../src/intake/stage.ts';
import { type Fragment, sql } from '../../src/warehouse/sql.ts';
import { timed } from '../clock.ts';
import { freshHome, withHome } from '../home.ts';
import { mustAgree, type Plan, rowOf, type Work } from '../work.ts';

const linksOf = ({ events }: Plan): number => Math.max(100, Math.round(events / 20));
const home = ({ folder }: Plan): string => join(folder, 'identity-home');
const columns = ['who', 'idents', 'ident_user', 'norm_user'];

/** The staged files: all links, then a hundredth more. */
const staged = (plan: Plan, id: 1 | 2): StagedFile => {
  const rows = id === 1 ? linksOf(plan) : Math.ceil(linksOf(plan) / 100);
  return { id, entity: 'events', source: 'bench', columns, headless: false, rows };
};

/**
 * A stage of cards of a user and a device: five cards to two users, one in twenty with a device that is another's. The
 * second file's cards are of users of the first, on devices of their own.
 */
async function stage({ warehouse, keys }: Context, plan: Plan, id: 1 | 2): Promise<void> {
  const links = linksOf(plan);
  const place = { name: 'user', type: typeOf(keys.identity, 'user'), source: 'bench' };
  const table = stageTable(id);
  await warehouse.run(sql`CREATE TABLE ${table} (who UInt64, idents Array(UInt64), ident_user UInt64, norm_user String,
    line UInt64, batch UInt32) ENGINE = MergeTree PARTITION BY batch ORDER BY tuple()`);
  const cards =
    id === 1
      ? sql`SELECT number, intDiv(number * 2, 5) AS user,
          if(cityHash64(number) % 20 = 0, cityHash64(number, 1) % ${links}, number) AS device FROM numbers(${links})`
      : sql`SELECT number, cityHash64(number, 2) % ${Math.ceil((links * 2) / 5)} AS user, ${links} + number AS device
          FROM numbers(${staged(plan, 2).rows})`;
  await warehouse.run(sql`INSERT INTO ${table} (norm_user, ident_user, idents, who, line, batch)
    SELECT toString(user) AS norm_user, ${ident(sql`norm_user`, place, keys.identifier)} AS ident_user,
      arraySort([ident_user, sipHash64(concat('device ', toString(device)))]) AS idents, sipHash64(idents) AS who, number + 1, 1
    FROM (${cards})`);
}

/** Seconds in which the product gives every card of a staged file its consumer. */
async function identified(context: Context, file: StagedFile) {
  const commit = await nextCommit(context.registry);
  const { seconds } = await timed(() => identify(context, file, commit));
  const [row] = await context.warehouse.rows<{ consumers: number }>(
    sql`SELECT uniqExact(consumer) AS consumers FROM people FINAL WHERE consumer != 0`,
  );
  const consumers = row?.consumers ?? 0;
  return { seconds, consumers, answer: consumers };
}

/** The linked pairs, already in memory, through the union-find alone. */
async function united(pairs: Uint8Array) {
  return timed(() => {
    const count = pairs.byteLength / 16;
    const view = new DataView(pairs.buffer, pairs.byteOffset, pairs.byteLength);
    const interner = new Interner(count);
    const ends = new Uint32Array(count * 2);
    for (let i = 0; i < count * 2; i += 1)
      ends[i] = interner.add(view.getUint32(i * 8, true), view.getUint32(i * 8 + 4, true));
    const union = new Union(interner.size);
    for (let i = 0; i < count; i += 1) union.join(ends[i * 2] ?? 0, ends[i * 2 + 1] ?? 0);
    const roots = new Set<number>();
    for (let i = 0; i < interner.size; i += 1) roots.add(union.root(i));
    return roots.size;
  });
}

const pairsOf = (file: 1 | 2): Fragment => sql`SELECT idents[1], idents[2] FROM cards WHERE file = ${file}`;

/** Identity over links, all at once and a hundredth more. */
export const identity: Work = {
  name: 'identity',
  sides: {
    'identity/home': (plan) => freshHome(home(plan), () => timed(async () => {})),
    'identity/product': (plan) =>
      withHome(home(plan), async (context) => {
        await stage(context, plan, 1);
        return identified(context, staged(plan, 1));
      }),
    'identity/union': (plan) =>
      withHome(home(plan), async ({ warehouse }) => {
        const { seconds, result } = await united(await warehouse.bytes(pairsOf(1)));
        return { seconds, answer: result };
      }),
    'identity/increment': (plan) =>
      withHome(home(plan), async (context) => {
        await stage(context, plan, 2);
        return identified(context, staged(plan, 2));
      }),
  },
  run: async (bench) => {
    await bench.measure('identity/home');
    const product = await bench.measure('identity/product');
    const union = await bench.measure('identity/union');
    mustAgree('identity', product.answer, union.answer);
    const more = await bench.measure('identity/increment');
    mustAgree('identity-increment', more.answer, product.answer);
    const links = linksOf(bench.plan).toLocaleString('en');
    const alone = { name: 'union-find over the same pairs in memory', seconds: union.seconds };
    return [
      rowOf('identity', bench.plan, product, alone, `${links} links of a user and a device; equal number of consumers`),
      rowOf('identity-increment', bench.plan, more, { name: 'identity', seconds: product.seconds }, '1 % more links'),
    ];
  },
};
