import { describe, expect, test } from 'vitest';
import type { LiveRow } from '../../collector/protocol.ts';
import type { Batch } from '../../sources/read/batch.ts';
import { Group } from './group.ts';
import { fileOf, mappingOf } from './packedFile.ts';

const row = (cells: Record<string, string>, props: Record<string, string> = {}): LiveRow => ({
  entity: 'events',
  cells: { event_time: '1', behavior: 'click', ...cells },
  props,
});

async function batchesOf(group: Group): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of fileOf(group.pack()).batches()) batches.push(batch);
  return batches;
}

const rawOf = (batch: Batch | undefined, i: number) => JSON.parse(batch?.raw(i) ?? '{}') as Record<string, string>;

describe('a group of live rows', () => {
  const rows: ReadonlyArray<readonly [string, Record<string, string>, Record<string, string>]> = [
    ['a column of the contract', { item_id: 'p1' }, { item_id: 'p1', props: '{}' }],
    ['an identifier', { id_user: 'u1' }, { id_user: 'u1', props: '{}' }],
    ['a second identifier of a type', { 'id_user#2': 'u2' }, { id_user__2: 'u2', props: '{}' }],
    ['a column that the entity lacks, among the props', { member_no: '7' }, { props: '{"member_no":"7"}' }],
    ['an identifier of a crafted name, among the props', { 'id_x`; DROP': '1' }, { props: '{"id_x`; DROP":"1"}' }],
    ['tabs, line feeds and backslashes', { item_id: 'a\tb\nc\\d\0' }, { item_id: 'a\tb\nc\\d\0', props: '{}' }],
  ];
  test.each(rows)('keeps %s', async (_what, cells, kept) => {
    const group = new Group('web', 'events', false);
    group.add(row(cells));
    const [batch] = await batchesOf(group);
    expect(rawOf(batch, 0)).toEqual({ event_time: '1', behavior: 'click', ...kept });
  });

  test('fills what a row lacks of the columns that others have', async () => {
    const group = new Group('web', 'events', false);
    group.add(row({}));
    group.add(row({ item_id: 'p2' }));
    const [batch] = await batchesOf(group);
    expect(Buffer.from(batch?.bytes ?? []).toString()).toBe('1\tclick\t{}\t\n1\tclick\t{}\tp2\n');
    expect(mappingOf(group.pack()).columns).toEqual({
      ...{ event_time: 'event_time', behavior: 'behavior', item_id: 'item_id' },
    });
  });

  test('has at most forty columns of identifiers; the rest stand among the props', async () => {
    const group = new Group('web', 'events', false);
    const names = Array.from({ length: 45 }, (_, i) => [`id_t${i}`, 'x'] as const);
    group.add(row(Object.fromEntries(names)));
    const { columns } = group.pack();
    expect(columns.filter((name) => name.startsWith('id_'))).toHaveLength(40);
    const [batch] = await batchesOf(group);
    expect(Object.keys(JSON.parse(rawOf(batch, 0).props ?? '{}'))).toHaveLength(5);
  });

  test('numbers rows and unreadable parts in the order they came, over all batches', async () => {
    const group = new Group('web', 'events', false);
    group.addUnreadable({ unreadable: 'json', raw: 'first' });
    for (let i = 0; i < 20_001; i += 1) group.add(row({}));
    group.addUnreadable({ unreadable: 'shape', raw: 'last' });
    const batches = await batchesOf(group);
    expect(batches.map(({ rows: count, broken }) => [count, broken.map(({ line, raw }) => [line, raw])])).toEqual([
      [20_000, [[1, 'first']]],
      [1, [[20_003, 'last']]],
    ]);
    expect(batches.map(({ lines }) => typeof lines === 'number' || [lines[0], lines.at(-1)])).toEqual([
      [2, 20_001],
      [20_002, 20_002],
    ]);
  });

  test('of unreadable parts alone is a file that has them', async () => {
    const group = new Group('web', 'events', false);
    group.addUnreadable({ unreadable: 'json', raw: '{' });
    expect((await batchesOf(group)).map(({ rows: count, broken }) => [count, broken.length])).toEqual([[0, 1]]);
  });
});
