import { expect, test } from 'vitest';
import { dayNumber } from '../base/day.ts';
import { active } from '../model/behaviors.ts';
import { day, type File, make, normal, personal, type Row, rows, sum } from './reread.ts';

const blocked = new Set(['', '0', 'unknown', '000000000000']);

/** Identifiers of a row that may link: not blocked, not shared. */
function keysOf(row: Row, shared: ReadonlySet<string>): string[] {
  return Object.entries(row)
    .filter(([name, value]) => name.startsWith('id_') && !blocked.has(value))
    .map(([name, value]) => `${name}:${normal(name, value)}`)
    .filter((key) => !shared.has(key));
}

/** Phones seen with more than ten accounts. */
function sharedKeys(files: readonly File[]): Set<string> {
  const accounts = new Map<string, Set<string>>();
  for (const row of files.flat()) {
    if (!row.id_phone || !row.id_user) continue;
    const key = `id_phone:${normal('id_phone', row.id_phone)}`;
    accounts.set(key, (accounts.get(key) ?? new Set()).add(row.id_user));
  }
  return new Set([...accounts].filter(([, users]) => users.size > 10).map(([key]) => key));
}

/** Which consumer a row belongs to, by following links from identifier to identifier. */
function identify(files: readonly File[]) {
  const shared = sharedKeys(files);
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const row of files.flat()) {
    const [first, ...rest] = keysOf(row, shared);
    if (first === undefined) continue;
    if (!parent.has(first)) parent.set(first, first);
    for (const key of rest) {
      if (!parent.has(key)) parent.set(key, key);
      parent.set(root(key), root(first));
    }
  }
  const consumerOf = (row: Row): string | undefined => {
    const [first] = keysOf(row, shared);
    return first === undefined ? undefined : root(first);
  };
  return { shared, consumerOf, consumers: new Set([...parent.keys()].map(root)).size };
}

const fen = (text: string | undefined) => Math.round(Number(text || '0') * 100);
const isPaid = (row: Row) =>
  row.pay_time !== '' && fen(row.amount) > 0 && (row.refund_amount === '' || fen(row.refund_amount) < fen(row.amount));

function group<T>(list: readonly T[], key: (one: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const name = key(one);
    if (name === undefined) continue;
    const members = groups.get(name);
    if (members) members.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}

const demo = await make({ events: 60_000 });
const { manifest } = demo;
const files = personal.map((file) => rows(demo, file));
const [events = [], orders = [], profiles = [], members = [], reviews = []] = files;
const { shared, consumerOf, consumers } = identify(files);
const paid = group(orders.filter(isPaid), consumerOf);
const end = dayNumber(manifest.end);

test('consumers, shared phones and rows of nobody are as the manifest says', () => {
  const { identity } = manifest;
  expect(consumers).toBe(identity.consumers);
  expect(events.filter((row) => consumerOf(row) === undefined)).toHaveLength(identity.unidentifiedEvents);
  expect([...shared].sort()).toEqual(identity.shopPhones.map(({ phone }) => `id_phone:${phone}`));
  for (const { users } of identity.shopPhones) expect(users).toBeGreaterThanOrEqual(30);
  const accounts = group(files.flat(), (row) => (row.id_phone ? normal('id_phone', row.id_phone) : undefined));
  for (const phone of identity.familyPhones.sample) {
    const users = new Set((accounts.get(phone) ?? []).map((row) => row.id_user).filter(Boolean)).size;
    expect(users).toBeGreaterThanOrEqual(2);
    expect(users).toBeLessThanOrEqual(4);
  }
  expect(identity.linkedPersons).toBeGreaterThan(identity.persons * 0.1);
  expect(identity.consumers).toBeGreaterThan(identity.persons);
});

test('orders, net amounts and full refunds are as the manifest says', () => {
  const { sales } = manifest;
  const lines = orders.filter(isPaid);
  const once = orders.filter((row) => row.pay_time !== '' && fen(row.amount) > 0);
  const net = (row: Row) => fen(row.amount) - fen(row.refund_amount);
  const byCategory = [...group(lines, (row) => row.category_id)].map(([id, list]) => [id, sum(list.map(net))]);
  expect(new Set(orders.map((row) => row.order_id)).size).toBe(sales.orders);
  expect(new Set(orders.filter((row) => row.pay_time).map((row) => row.order_id)).size).toBe(sales.paidOrders);
  expect([lines.length, paid.size, sum(lines.map(net))]).toEqual([sales.paidLines, sales.buyers, sales.netAmount]);
  expect(Object.fromEntries(byCategory)).toEqual(sales.netAmountByCategory);
  expect(once.length - lines.length).toBe(sales.refundedLines);
  expect((once.length - lines.length) / once.length).toBeCloseTo(sales.fullRefundShare, 12);
  expect(orders.filter((row) => row.pay_time === '' && !/unpaid|cancelled|closed/.test(row.status ?? ''))).toEqual([]);
});

test('P, L and members at the end are as the manifest says', () => {
  const praised = group(
    reviews.filter((row) => Number(row.rating) >= 4 && day(row.review_time) >= end - 364),
    consumerOf,
  );
  const loyal = [...paid].filter(([consumer, lines]) => {
    const days = new Set(lines.map((row) => day(row.pay_time)).filter((one) => one >= end - 364));
    return days.size >= 2 || (days.size === 1 && praised.has(consumer));
  });
  expect(manifest.stages).toMatchObject({ L: loyal.length, P: paid.size - loyal.length });
  expect(group(members, consumerOf).size).toBe(manifest.members.joined);
  expect(
    group(
      members.filter((row) => row.quit_time === ''),
      consumerOf,
    ).size,
  ).toBe(manifest.members.current);
});

test('the campaign week moves two in five of its aware to interest', () => {
  const { campaignId, from, to, aware, moved, rate } = manifest.campaignWeek;
  const byConsumer = group(events, consumerOf);
  const member = group(members, consumerOf);
  const reached = group(
    events.filter((row) => row.campaign_id === campaignId),
    consumerOf,
  );
  const stage = (consumer: string, on: string) => {
    const recent = (byConsumer.get(consumer) ?? []).filter(
      (row) => day(row.event_time) <= day(on) && day(row.event_time) >= day(on) - 14,
    );
    if (paid.has(consumer) || member.has(consumer)) return 'higher';
    if (recent.some((row) => (active as readonly string[]).includes(row.behavior ?? ''))) return 'I';
    return recent.length > 0 ? 'A' : 'none';
  };
  expect([...reached.keys()].map((consumer) => stage(consumer, from))).toEqual(Array(aware).fill('A'));
  expect([...reached.keys()].filter((consumer) => stage(consumer, to) === 'I')).toHaveLength(moved);
  expect([...reached.keys()].filter((consumer) => stage(consumer, to) === 'A')).toHaveLength(aware - moved);
  expect(Math.abs(rate - 0.4)).toBeLessThan(0.03);
});

test('the idle channel leaves buyers as many as without it', () => {
  const { channel, exposed, exposedBuyers, others, otherBuyers } = manifest.idleChannel;
  const seen = group(
    events.filter((row) => row.channel === channel),
    consumerOf,
  );
  expect(seen.size).toBe(exposed);
  expect([...seen.keys()].filter((consumer) => paid.has(consumer))).toHaveLength(exposedBuyers);
  expect([exposed + others, exposedBuyers + otherBuyers]).toEqual([consumers, paid.size]);
  const pooled = paid.size / consumers;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / exposed + 1 / others));
  expect(Math.abs(exposedBuyers / exposed - otherBuyers / others)).toBeLessThan(3 * error);
});

test('one product declines and the new one takes off', () => {
  const { decliningItem, risingItem, units: all } = manifest;
  const sold = (id: string) =>
    sum(orders.filter((row) => row.item_id === id && isPaid(row)).map((row) => Number(row.quantity)));
  expect(sum(decliningItem.units)).toBe(sold(decliningItem.itemId));
  expect(sum(risingItem.units)).toBe(sold(risingItem.itemId));
  const share = (units: readonly number[], from: number, to: number) =>
    sum(units.slice(from, to)) / sum(all.slice(from, to));
  expect(share(decliningItem.units, 6, 8)).toBeLessThan(share(decliningItem.units, 0, 2) / 2);
  expect(risingItem.units.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(share(risingItem.units, 7, 8)).toBeGreaterThan(0.04);
});

test('mothers of small children buy again about twice as often', () => {
  const profile = new Map(profiles.map((row) => [consumerOf(row), row]));
  const counts = { mothers: { buyers: 0, again: 0 }, others: { buyers: 0, again: 0 } };
  for (const [consumer, lines] of paid) {
    const who = profile.get(consumer);
    const [first = 0, second = 1e9] = [...new Set(lines.map((row) => day(row.pay_time)))].sort((a, b) => a - b);
    if (!who || first > end - 90) continue;
    const mother = who.gender === 'f' && who.baby_age !== '' && Number(who.baby_age) <= 3;
    const count = counts[mother ? 'mothers' : 'others'];
    count.buyers++;
    if (second - first <= 90) count.again++;
  }
  expect(manifest.mothers).toMatchObject(counts);
});

test('in a larger world the mothers of small children buy again nearly twice as often', async () => {
  const { mothers, others } = (await make({ events: 300_000 })).manifest.mothers;
  const ratio = mothers.again / mothers.buyers / (others.again / others.buyers);
  expect(ratio).toBeGreaterThan(1.6);
  expect(ratio).toBeLessThan(2.5);
});

test('people buy as people do: few, and a quarter of them loyal', () => {
  const { identity, sales, stages } = manifest;
  expect(sales.buyers / identity.persons).toBeGreaterThan(0.04);
  expect(sales.buyers / identity.persons).toBeLessThan(0.1);
  expect(stages.L / (stages.P + stages.L)).toBeGreaterThan(0.18);
  expect(stages.L / (stages.P + stages.L)).toBeLessThan(0.35);
});
