import { expect, test } from 'vitest';
import { dayNumber } from '../base/day.ts';
import { active, afterPurchase, passive } from '../model/behaviors.ts';
import { entities } from '../model/entities.ts';
import { demoPieces } from './demo.ts';
import { day, type File, make, normal, personal, rows, sum } from './reread.ts';

const demo = await make({ events: 60_000 });
const { manifest } = demo;
const files = personal.map((file) => rows(demo, file));
const [events = [], orders = []] = files;
const end = dayNumber(manifest.end);

test('the same seed, size and day give the same bytes; another seed does not', async () => {
  const first = await make({ events: 3000, seed: 5 });
  const again = await make({ events: 3000, seed: 5 });
  const other = await make({ events: 3000, seed: 6 });
  expect(again).toEqual(first);
  expect(other.texts.get('events.csv')).not.toBe(first.texts.get('events.csv'));
});

test('the events number exactly what was asked, each with its own id', () => {
  expect(events).toHaveLength(60_000);
  expect(new Set(events.map((row) => row.event_id)).size).toBe(60_000);
});

test('two million events and more come in a file a month, in the same columns', async () => {
  const pieces = demoPieces({ events: 2_000_000 });
  const heads = new Map<string, string>();
  while (heads.size < 24) {
    const next = await pieces.next();
    if (next.done) break;
    const { file, bytes } = next.value;
    if (!heads.has(file)) heads.set(file, Buffer.from(bytes.subarray(0, 400)).toString('utf8').split('\n')[0] ?? '');
  }
  await pieces.return(manifest);
  expect(heads.has('events-2024-07.csv')).toBe(true);
  expect(heads.has('events-2026-06.csv')).toBe(true);
  expect(heads.get('events-2025-11.csv')).toBe(demo.texts.get('events.csv')?.split('\n')[0]);
});

test('every column is one of the contract, an identifier, or a tag it leaves open', () => {
  const open = /^(id_[a-z]+|skin_type|spec|share_.+)$/;
  for (const { file, entity, rows: count } of manifest.files) {
    const list = rows(demo, file);
    const known = new Set(entities[entity].columns.map((column) => column.name));
    const strange = Object.keys(list[0] ?? {}).filter((name) => !known.has(name) && !open.test(name));
    expect([file, strange]).toEqual([file, []]);
    expect([file, list.length]).toEqual([file, count]);
    const missing = entities[entity].columns.filter(({ name, required }) => required && list.some((row) => !row[name]));
    expect([file, missing]).toEqual([file, []]);
  }
});

test('times are moments of the two years, phones eleven digits, behaviours of the vocabulary', () => {
  const moment = /^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
  const known = new Set<string>([...passive, ...active, ...afterPurchase, 'pay']);
  const inside = (text: string | undefined) =>
    moment.test(text ?? '') && day(text) >= dayNumber(manifest.from) && day(text) <= end;
  expect(events.filter((row) => !inside(row.event_time))).toEqual([]);
  expect(orders.filter((row) => !inside(row.order_time) || (row.pay_time && !inside(row.pay_time)))).toEqual([]);
  expect(orders.filter((row) => row.refund_time && !inside(row.refund_time))).toEqual([]);
  expect(events.filter((row) => !known.has(row.behavior ?? ''))).toEqual([]);
  const phones = files.flat().flatMap((row) => (row.id_phone ? [normal('id_phone', row.id_phone)] : []));
  expect(phones.filter((phone) => !/^199\d{8}$/.test(phone))).toEqual([]);
  expect(new Set(files.flat().map((row) => row.id_phone?.slice(0, 3)))).toContain('+86');
});

test('each payment of the events is that of an order', () => {
  const ids = new Set(orders.filter((row) => row.pay_time).map((row) => row.order_id));
  const pays = events.filter((row) => row.behavior === 'pay');
  expect(pays.filter((row) => !ids.has(row.order_id))).toEqual([]);
  expect(pays).toHaveLength(ids.size);
});

test('the festivals are seen in orders, the pre-heat in carts', () => {
  const perDay = (list: File, name: string, from: string, to: string) =>
    list.filter((row) => day(row[name]) >= day(from) && day(row[name]) <= day(to)).length / (day(to) - day(from) + 1);
  const usual = perDay(orders, 'order_time', '2025-07-01', '2025-09-30');
  expect(perDay(orders, 'order_time', '2025-10-21', '2025-11-11')).toBeGreaterThan(2 * usual);
  expect(perDay(orders, 'order_time', '2025-05-31', '2025-06-20')).toBeGreaterThan(2 * usual);
  const carts = events.filter((row) => row.behavior === 'cart');
  expect(perDay(carts, 'event_time', '2025-10-10', '2025-10-20')).toBeGreaterThan(
    1.5 * perDay(carts, 'event_time', '2025-08-01', '2025-09-30'),
  );
});

test('impressions and clicks of the events are those of the spending, at the scale of the panel', () => {
  const spend = rows(demo, 'media_spend.csv');
  const counted = (behavior: string) =>
    events.filter((row) => row.behavior === behavior && row.campaign_id !== '').length;
  expect(sum(spend.map((row) => Number(row.impressions)))).toBe(20 * counted('impression'));
  expect(sum(spend.map((row) => Number(row.clicks)))).toBe(20 * counted('click'));
});

test.each([
  [{ events: 10 }, /10 events/],
  [{ events: 2000.5 }, /2000.5 events/],
  [{ events: 2000, end: '2026-02-30' }, /2026-02-30/],
  [{ events: 2000, seed: 0.5 }, /seed 0.5/],
])('a wish that cannot be met is refused: %j', async (options, message) => {
  await expect(make(options)).rejects.toThrow(message);
});
