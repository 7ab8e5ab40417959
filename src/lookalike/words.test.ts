import { expect, test } from 'vitest';
import type { Feature } from './feature.ts';
import { titleOf } from './words.ts';

const known = {
  rules: { stages: [{ code: 'L', title: { zh: '忠诚', en: 'Loyalty' }, when: [{ fan: true as const }] }] },
  categories: new Map([['c1', '护肤/面霜']]),
};

test.each<[Feature, string, string, readonly string[]]>([
  [
    { of: 'behavior', value: 'cart', days: 30 },
    '近 30 天「加购」的次数',
    'Times of “Added to cart” in the last 30 days',
    [],
  ],
  [
    { of: 'behavior', value: '试用', days: 365 },
    '近 365 天「试用」的次数',
    'Times of “试用” in the last 365 days',
    ['试用'],
  ],
  [{ of: 'recency', value: 'item_view' }, '近期有过「看商品」', 'A recent “Item viewed”', []],
  [{ of: 'recency', value: 'spin' }, '近期有过「spin」', 'A recent “spin”', ['spin']],
  [{ of: 'paid', value: 'days' }, '近一年的购买日数', 'Pay days of the last year', []],
  [{ of: 'member' }, '是会员', 'A member', []],
  [{ of: 'stage', level: 4, value: 'L' }, '处于阶段「忠诚」', 'In the stage “Loyalty”', []],
  [{ of: 'profile', name: 'gender', value: 'f' }, '标签「性别」为「女」', 'Tag “Gender” is “Female”', []],
  [{ of: 'profile', name: 'province', value: '湖北' }, '标签「省份」为「湖北」', 'Tag “Province” is “湖北”', ['湖北']],
  [{ of: 'profile', name: 'size', value: 'm' }, '标签「size」为「m」', 'Tag “size” is “m”', ['size', 'm']],
  [{ of: 'age', value: 30 }, '30 至 39 岁', 'Aged 30 to 39', []],
  [
    { of: 'channel', value: '直通车' },
    '近 90 天渠道「直通车」的行为次数',
    'Events of the channel “直通车” in the last 90 days',
    ['直通车'],
  ],
  [
    { of: 'category', value: 'c1' },
    '近 90 天类目「护肤/面霜」的行为次数',
    'Events of the category “护肤/面霜” in the last 90 days',
    ['护肤/面霜'],
  ],
  [
    { of: 'category', value: 'c2' },
    '近 90 天类目「c2」的行为次数',
    'Events of the category “c2” in the last 90 days',
    ['c2'],
  ],
])('%j is told as %s, and as %s', (feature, zh, en, data) => {
  expect(titleOf(feature, known)).toEqual({ zh, en, data });
});
