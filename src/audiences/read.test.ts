import { describe, expect, test } from 'vitest';
import { InputError } from '../base/errors.ts';
import { namedIn, readRule } from './read.ts';
import { sentenceOf } from './rule.ts';

function faultOf(rule: unknown): string {
  try {
    readRule(rule);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no fault';
}

const deep = (levels: number): unknown => (levels === 0 ? { member: {} } : { not: deep(levels - 1) });

describe('a fault is told with its place and what may stand there:', () => {
  test.each([
    ['no object', [], 'a rule is an object of one key, which is one of age, all, any, audience,'],
    ['two kinds at once', { member: {}, tag: { name: 'x', in: ['y'] } }, 'a rule is an object of one key'],
    [
      'an unknown kind, deep inside',
      { all: [{ member: {} }, { not: { dids: {} } }] },
      'all.1.not: there is no kind of condition dids',
    ],
    ['a behaviour missing', { did: { count: { min: 1 } } }, 'did.behavior: '],
    ['an unknown key', { any: [{ did: { behavior: ['cart'], times: 2 } }] }, 'any.0.did: Unrecognized key: "times"'],
    ['an unknown place', { bought: { where: { color: ['red'] } } }, 'bought.where: Unrecognized key: "color"'],
    [
      'bounds the wrong way',
      { did: { behavior: ['cart'], count: { min: 3, max: 1 } } },
      'did.count: `min` is greater than `max`',
    ],
    ['no bound', { did: { behavior: ['cart'], count: {} } }, 'did.count: give `min`, `max` or both'],
    ['half a window', { bought: { window: { from: '2026-01-01' } } }, 'bought.window: a window is'],
    ['a window of both kinds', { bought: { window: { days: 3, to: '2026-01-01' } } }, 'bought.window: a window is'],
    ['a day that is none', { stage: { in: ['A'], on: '2026-02-30' } }, 'stage.on: '],
    [
      'a count within a sequence',
      { sequence: { steps: [{ did: { behavior: ['cart'], count: { min: 2 } } }], within_days: 1 } },
      'sequence.steps.0.did: Unrecognized key: "count"',
    ],
    [
      'a step that is neither',
      { sequence: { steps: [{}], within_days: 1 } },
      'sequence.steps.0: a step is one `did` or one `bought`',
    ],
    ['a tag with both', { tag: { name: 'x', in: ['a'], range: { min: 1 } } }, 'tag: give `in` or `range`'],
    ['a stay in no stage', { stayed: { in: ['none'], days: { min: 1 } } }, 'stayed.in: no stage is no stay'],
    ['a top of neither', { top: { by: 'amount' } }, 'top: give `n` or `percent`'],
    ['a top of events without any', { top: { by: 'events', n: 1 } }, 'top: `behavior` stands with'],
    ['no place', { region: {} }, 'region: give `province`, `city` or `city_tier`'],
    ['a class that is none', { rfm: { in: ['XXX'] } }, 'rfm.in.0: '],
    ['a score without bounds', { score: { of: 'recency' } }, 'score: give `min`, `max` or both, from 1 to 5'],
    ['a score of bounds the wrong way round', { score: { of: 'recency', min: 4, max: 2 } }, 'score: `min` is greater'],
    ['a score above 5', { score: { of: 'frequency', max: 6 } }, 'score.max'],
    ['a rule too deep', deep(200), 'deeper than 30 or has more than 300 conditions'],
    [
      'too many conditions',
      { all: Array(2).fill({ any: Array(200).fill({ member: {} }) }) },
      'more than 300 conditions',
    ],
  ])('%s', (_, rule, fault) => {
    expect(faultOf(rule)).toContain(fault);
  });

  test('in Chinese too', () => {
    try {
      readRule({ all: [{ tag: { name: 'x' } }, { nothing: 1 }] });
    } catch (error) {
      expect((error as InputError).text?.zh).toContain(
        'all.0.tag：须给出 in 或 range 之一\n  all.0.tag：写法如 {"tag": {"name": "city_tier", "in": [1, 2]}}\n  all.1：没有 nothing 这种条件',
      );
    }
    expect.assertions(1);
  });
});

test.each([
  [
    { did: { behavior: ['cart'], window: { days: 30 }, count: { min: 2 } } },
    'added to cart at least 2 times in the last 30 days',
    '最近 30 天有加购至少 2 次',
  ],
  [
    { all: [{ bought: { amount: { min: 100 }, where: { brand: ['Leaf'] } } }, { not: { member: {} } }] },
    '(bought with brand Leaf ever: net amount at least 100 and not (a member))',
    '（迄今购买过（品牌为 Leaf）：净额至少 100 元 且 不满足「会员」）',
  ],
  [{ any: [{ audience: 'x' }] }, 'in the audience x', '在人群「x」中'],
  [{ stayed: { in: ['I'], days: { min: 30 } } }, 'in stage I for at least 30 days', '处于阶段 I 已至少 30 天'],
  [{ stage: { in: ['none', 'P'] } }, 'in stage none or P', '处于阶段无阶段、P'],
  [{ tag: { name: 'gender', in: ['f'] } }, 'gender is female', '性别为女'],
  [{ tag: { name: 'baby_age', range: { min: 3, max: 6 } } }, "child's age 3 to 6", '孩子年龄 3 到 6'],
  [{ tag: { name: 'taste', in: ['茶'] } }, 'taste is 茶', 'taste 为茶'],
  [
    { crowd: { taxonomy: 'eight', in: ['z_era', 'unknown'] } },
    'in the crowd Generation Z or unknown of Eight strategic crowds',
    '属于八大策略人群中的 Z世代、未归类',
  ],
  [{ crowd: { taxonomy: 'own', in: ['a'] } }, 'in the crowd a of own', '属于 own 中的 a'],
  [{ score: { of: 'recency', min: 4 } }, 'RFM score for recency (R) of at least 4', '最近购买（R）评分至少 4 分'],
  [
    { score: { of: 'monetary', min: 2, max: 3 } },
    'RFM score for monetary (M) of 2 to 3',
    '消费金额（M）评分 2 到 3 分',
  ],
  [{ rfm: { in: ['HHH', 'LHH'] } }, 'of RFM class HHH or LHH', 'RFM 分层为高价值、重点保持'],
  [
    { repurchased: { nth: 2, within_days: 30 } },
    'made purchase number 2 within 30 days of the one before ever',
    '迄今第 2 次购买在前一次之后 30 天内',
  ],
  [
    { repurchased: { within_days: 30, window: { days: 90 } } },
    'bought again within 30 days of the one before in the last 90 days',
    '最近 90 天购买后 30 天内再次购买',
  ],
  [{ age: { min: 25, max: 34 } }, 'aged 25 to 34', '年龄 25 到 34 岁'],
  [
    { region: { province: ['浙江'], city_tier: [1, 2] } },
    'province 浙江 and city tier 1 or 2',
    '省份为浙江，城市线级为 1、2',
  ],
  [{ has: { id: ['phone', 'email'] } }, 'has the identifier phone or email', '有标识手机号、邮箱'],
  [{ consent: { purpose: 'sms' } }, 'consents to sms', '同意用于 sms'],
  [
    { top: { by: 'amount', window: { days: 90 }, n: 5 } },
    'top 5 by net amount in the last 90 days',
    '最近 90 天净额前 5 名',
  ],
  [
    { top: { by: 'events', behavior: ['cart'], percent: 10 } },
    'top 10 % by events of added to cart ever',
    '迄今加购次数前 10%',
  ],
  [{ sample: { percent: 10, seed: 's' } }, 'a random 10 % (seed s)', '随机 10%（种子「s」）'],
  [
    { bought: { order_amount: { min: 100 }, orders: { min: 2 } } },
    'bought orders of a net amount of at least 100 ever: orders at least 2',
    '迄今购买过净额至少 100 元的订单：订单至少 2 笔',
  ],
  [
    {
      sequence: {
        steps: [{ did: { behavior: ['cart'] } }, { bought: {} }],
        within_days: 7,
        without: { did: { behavior: ['complaint'] } },
      },
    },
    'added to cart, then a purchase, within 7 days, without complaint between',
    '加购，然后购买，首尾相隔不超过 7 天，其间没有投诉',
  ],
])('a rule reads as a sentence: %j', (rule, en, zh) => {
  expect(sentenceOf(readRule(rule))).toEqual({ en, zh });
});

test('the audiences a rule names, each once', () => {
  expect(
    namedIn(readRule({ all: [{ audience: 'a' }, { not: { any: [{ audience: 'b' }, { audience: 'a' }] } }] })),
  ).toEqual(['a', 'b']);
});
