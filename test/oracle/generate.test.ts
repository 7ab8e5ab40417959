import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aiplFlow, aiplStock, aiplTrend, fast } from './analyses.ts';
import { toFiles } from './files.ts';
import { smallWorld, usualSize, worlds } from './generate.ts';
import { grow } from './grow.ts';
import { consumersOf, identifiersOf } from './identity.ts';
import { paidLines } from './paid.ts';
import { idsOf, type Row, type Rows, world } from './world.ts';

const { end } = usualSize;
const range = { from: '2026-06-16', to: end };
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const few = { seed: 7, numRuns: 60 };

const personal = (rows: Rows): Row[] => [...rows.events, ...rows.orders, ...rows.members, ...rows.reviews];

describe('the generator', () => {
  test('gives the same world for the same seed and another for the next', () => {
    expect(smallWorld(3)).toEqual(smallWorld(3));
    expect(smallWorld(3)).not.toEqual(smallWorld(4));
  });

  test('puts somebody on every stage and on none, and moves people, over twenty seeds', () => {
    const told = seeds.map((seed) => world(smallWorld(seed)));
    const stock = told.flatMap((one) => aiplStock(one, { on: end }));
    for (const stage of ['A', 'I', 'P', 'L']) {
      expect(stock.filter((row) => row.stage === stage && row.consumers > 0).length).toBeGreaterThan(15);
    }
    const pairs = new Set(told.flatMap((one) => aiplFlow(one, range).map((row) => row.from_stage + row.to_stage)));
    expect(pairs.size).toBeGreaterThan(12);
  });

  test('makes families, a shared till and rows of nobody', () => {
    const made = seeds.map((seed) => smallWorld(seed));
    expect(made.filter((rows) => world(rows).unidentified > 0).length).toBeGreaterThan(15);
    expect(made.filter((rows) => consumersOf(personal(rows)).shared.has('id_device:till')).length).toBeGreaterThan(5);
    expect(made.filter((rows) => !consumersOf(personal(rows)).shared.has('id_device:till')).length).toBeGreaterThan(0);
    const families = made.filter((rows) =>
      [...world(rows).lives.values()].some((life) => idsOf(life, 'id_user').length > 1),
    );
    expect(families.length).toBeGreaterThan(5);
  });

  test('tells of nothing later than two days after its end', () => {
    const times = seeds
      .flatMap((seed) => Object.values(smallWorld(seed)).flat())
      .flatMap((row: Row) =>
        Object.entries(row).flatMap(([column, value]) => (column.endsWith('_time') && value !== '' ? [value] : [])),
      );
    expect(times.toSorted().at(-1)?.slice(0, 10)).toBe('2026-07-02');
  });

  test('writes canonical CSV files, quoted where a cell needs it, and none for an entity without rows', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'oracle-'));
    const items = [
      { item_id: 'i', title: 'tea, "green"' },
      { item_id: 'j', brand: ' X' },
    ];
    const paths = await toFiles({ items, orders: [] }, dir);
    const [text] = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    await rm(dir, { recursive: true });
    expect(paths).toEqual([join(dir, 'items.csv')]);
    expect(text).toBe('item_id,title,brand\ni,"tea, ""green""",\nj,," X"\n');
  });
});

describe('in any world', () => {
  test('who is one consumer is the same by relabelling in passes as by walking', () => {
    fc.assert(
      fc.property(worlds(), (rows) => {
        const { consumerOf, shared } = consumersOf(personal(rows));
        const known = personal(rows).filter((row) => consumerOf.has(row));
        const label = new Map<string, string>();
        const idsIn = (row: Row) => identifiersOf(row).filter((id) => !shared.has(id));
        const links = known.map(idsIn);
        for (let changed = true; changed; ) {
          changed = false;
          for (const ids of links) {
            const least = ids.map((id) => label.get(id) ?? id).toSorted()[0] ?? '';
            for (const id of ids) {
              changed ||= label.get(id) !== least;
              label.set(id, least);
            }
          }
        }
        const pairs = new Set(
          known.map((row, index) => `${consumerOf.get(row)} ${label.get(links[index]?.[0] ?? '')}`),
        );
        expect(pairs.size).toBe(new Set(known.map((row) => consumerOf.get(row))).size);
        expect(pairs.size).toBe(new Set(links.map((ids) => label.get(ids[0] ?? ''))).size);
      }),
      few,
    );
  });

  test('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(worlds(), (rows) => {
        const there = world(rows);
        const back = world({ ...rows, events: rows.events.toReversed(), orders: rows.orders.toReversed() });
        expect(aiplFlow(back, range)).toEqual(aiplFlow(there, range));
        expect(fast(back, { from: '2026-06-28', to: end })).toEqual(fast(there, { from: '2026-06-28', to: end }));
      }),
      few,
    );
  });

  test('the flow leaves from and arrives at the stock, and F is no less than any day', () => {
    fc.assert(
      fc.property(worlds(), (rows) => {
        const told = world(rows);
        const flow = aiplFlow(told, range);
        const total = (some: readonly { consumers: number }[]) => some.reduce((sum, row) => sum + row.consumers, 0);
        for (const { stage, consumers } of aiplStock(told, { on: range.from })) {
          expect(total(flow.filter((row) => row.from_stage === stage))).toBe(consumers);
        }
        for (const { stage, consumers } of aiplStock(told, { on: range.to })) {
          expect(total(flow.filter((row) => row.to_stage === stage))).toBe(consumers);
        }
        const days = { from: '2026-06-29', to: end };
        const trend = aiplTrend(told, days);
        const [f] = fast(told, days);
        for (const date of ['2026-06-29', end]) {
          expect(f?.value).toBeGreaterThanOrEqual(total(trend.filter((row) => row.date === date)));
        }
      }),
      few,
    );
  });

  test('the GROW values sum to the growth in net amount', () => {
    fc.assert(
      fc.property(worlds(), (rows) => {
        const told = world(rows);
        const lines = [...told.lives.values()].flatMap((life) => paidLines(told, life, end));
        const net = (from: string, to: string) =>
          lines.filter((line) => from <= line.day && line.day <= to).reduce((fen, line) => fen + line.net, 0) / 100;
        const values = grow(told, { ...range, base_from: '2025-06-16', base_to: '2026-06-15' });
        const growth = net(range.from, range.to) - net('2025-06-16', '2026-06-15');
        expect(values.reduce((sum, row) => sum + row.value, 0)).toBeCloseTo(growth, 5);
      }),
      few,
    );
  });
});
