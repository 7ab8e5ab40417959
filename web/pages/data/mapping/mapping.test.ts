import { expect, test } from 'vitest';
import { guessColumns } from './guess.ts';
import { columnsTaken, inWay, isFine, lackOf, ownMapping, sendable, wayOf, withRule } from './mapping.ts';

const members = {
  name: 'members',
  title: { zh: '会员', en: 'Members' },
  personal: true,
  columns: [
    { name: 'join_time', kind: 'time', required: true },
    { name: 'tier', kind: 'text', required: false },
  ],
};

test.each([
  { cell: undefined, way: 'none', taken: [], fine: false },
  { cell: '手机', way: 'column', taken: ['手机'], fine: false },
  { cell: { column: ['a', 'b'] }, way: 'column', taken: ['a', 'b'], fine: false },
  { cell: { constant: '淘宝' }, way: 'constant', taken: [], fine: false },
  { cell: { join: { columns: ['a', 'b'], by: '/' } }, way: 'join', taken: ['a', 'b'], fine: false },
  { cell: { multiply: ['n', 'price'] }, way: 'column', taken: ['n', 'price'], fine: true },
  { cell: { column: 'a', undress: true }, way: 'column', taken: ['a'], fine: true },
])('$cell is filled by $way', ({ cell, way, taken, fine }) => {
  expect(wayOf(cell === undefined ? {} : typeof cell === 'string' ? { column: cell } : cell)).toBe(way);
  expect(columnsTaken(cell)).toEqual(taken);
  expect(isFine(cell)).toBe(fine);
});

test('another way of filling keeps what is said of values, and joins begin with the column there was', () => {
  expect(inWay({ column: 'a', values: { x: 'y' } }, 'join')).toEqual({
    values: { x: 'y' },
    join: { columns: ['a'], by: ' ' },
  });
  expect(inWay({ column: 'a' }, 'none')).toEqual({});
});

test('a column alone is written as its name, and a rule that takes nothing leaves the column out', () => {
  const mapping = { entity: 'members', columns: {} };
  const filled = withRule(mapping, 'tier', { column: '等级' });
  expect(filled.columns).toEqual({ tier: '等级' });
  expect(withRule(filled, 'tier', {}).columns).toEqual({});
  expect(withRule(filled, 'tier', { column: '等级', empty: '无' }).columns).toEqual({
    tier: { column: '等级', empty: '无' },
  });
});

test('cells that say nothing yet are not sent', () => {
  const columns = {
    tier: '',
    join_time: { column: '' },
    id_: 'x',
    member_no: { constant: '' },
    shop: { constant: 'A' },
  };
  expect(sendable({ entity: 'members', columns }).columns).toEqual({ shop: { constant: 'A' } });
});

test('what a preset has beside a mapping is left off', () => {
  const preset = { name: 'p', title: {}, entity: 'members', exact: true, headers: ['a'], columns: { tier: 'a' } };
  expect(ownMapping(preset)).toEqual({ entity: 'members', headers: ['a'], columns: { tier: 'a' } });
});

test.each([
  { columns: {}, lack: { columns: ['join_time'], who: true } },
  { columns: { join_time: 'a' }, lack: { columns: [], who: true } },
  { columns: { join_time: 'a', id_phone: 'b' }, lack: { columns: [], who: false } },
])('$columns lacks $lack', ({ columns, lack }) => {
  expect(lackOf({ entity: 'members', columns }, members)).toEqual(lack);
});

test('columns are guessed by name, title and known other names, each once', () => {
  const titles = [{ join_time: '入会时间', tier: '等级' }];
  expect(guessColumns(['入会时间', 'Tier', '手机号', '备注'], members, titles)).toEqual({
    join_time: '入会时间',
    tier: 'Tier',
    id_phone: '手机号',
  });
  expect(guessColumns(['备注'], members, titles)).toEqual({});
});
