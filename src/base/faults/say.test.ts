import { expect, test } from 'vitest';
import { en } from './en.ts';
import { type FaultKey, joined, readBack, say, semicolon } from './say.ts';
import { zh } from './zh.ts';

const placesIn = (words: string): string[] => [...new Set(words.match(/\{\w+\}/g) ?? [])].toSorted();

/** Places that say nothing in Chinese: which part of a request it was. */
const silent: Readonly<Partial<Record<FaultKey, readonly string[]>>> = { 'request.faults': ['{where}'] };

// as: the keys of a constant table are all its own
test.each(Object.keys(en) as FaultKey[])('%s has the same places in both languages, and Chinese words', (key) => {
  const own = silent[key] ?? [];
  expect(placesIn(zh[key])).toEqual(placesIn(en[key]).filter((place) => !own.includes(place)));
  expect(zh[key].replace(/\{\w+\}/g, '')).toMatch(/\p{Script=Han}|：/u);
  expect(en[key]).not.toMatch(/\p{Script=Han}/u);
});

test('no Chinese words are of a fault that is none', () => {
  expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
});

test('a sentence is filled with values that differ by language', () => {
  const why = say('outbound.port', { port: 22 });
  expect(say('outbound.refused', { host: 'a.example:22', why })).toEqual({
    en: "Nothing is sent to a.example:22: port 22 is another service's. Give a public https address, or list the host under outbound_allow in config.yaml.",
    zh: '不能向 a.example:22 发送：端口 22 属于其他服务。请填写公网的 https 地址，或请管理员把它列入 config.yaml 的 outbound_allow。',
  });
});

test('a value stays as it is written, whatever it looks like', () => {
  expect(say('people.name', { name: '{most} $& $1' }).en).toBe(
    'Other people are saved as "{most} $& $1": give another name.',
  );
});

test.each([
  ['delivered: HTTP 204', '已送达：HTTP 204'],
  ['not delivered: HTTP 302, redirects are not followed', '未送达：HTTP 302，不跟随跳转'],
  ['not delivered: HTTP 503 (tried 4 times)', '未送达：HTTP 503（试了 4 次）'],
  [
    'not delivered: hooks.example cannot be reached: no answer within 10 seconds. (tried 4 times)',
    '未送达：连不上 hooks.example：10 秒内没有应答。（试了 4 次）',
  ],
  [
    'The destination refuses every delivery: not delivered: HTTP 503. Correct its settings, then run the push again.',
    '渠道拒绝全部发送：未送达：HTTP 503。请更正渠道设置后重新推送。',
  ],
  [
    'Of the members of "few" 9 had done anything by 2026-06-30, and 800 others: at least 100 of each are needed. Take a larger seed, or a later day.',
    '「few」的成员中截至 2026-06-30 有过行为的有 9 人，其他消费者有 800 人，各须至少 100 人。请换更大的种子人群，或更晚的日期。',
  ],
  ['Too many attempts to log in. Try again in 60 seconds.', '尝试次数过多，请在 60 秒后再试。'],
  [
    'The mapping has faults. Correct them:\n  columns.amont is not a column of orders; allowed: order_id, time\n  columns.time is missing; orders needs it',
    '列对应有以下问题，请逐条修正：\n  orders 没有 columns.amont 这一列，可用：order_id, time\n  缺少 columns.time，orders 必须有它',
  ],
])('%j, as it was kept, is read back as %j', (kept, told) => {
  expect(readBack(kept)).toEqual({ en: kept, zh: told });
});

test('a sentence of other words is not read back', () => {
  expect(readBack('orders.csv cannot be opened (EACCES).')).toBeUndefined();
});

test('several faults stand in one sentence of each language', () => {
  const faults = [say('outbound.plain'), say('outbound.closed')];
  expect(joined(faults, semicolon)).toEqual({
    en: 'only https is; the address is not of the open internet',
    zh: '只能用 https；这不是公网地址',
  });
});
