import { expect, test } from 'vitest';
import { spaced } from './spaced.ts';

test.each([
  ['digits after Han, and Han after digits', spaced`年龄${'18 到 34'}岁`, '年龄 18 到 34 岁'],
  ['Han after Han', spaced`年龄${'至少 18'}岁`, '年龄至少 18 岁'],
  ['a number', spaced`前${10}名`, '前 10 名'],
  ['Latin', spaced`在阶段${'P'}已${'至少 3'}天`, '在阶段 P 已至少 3 天'],
  ['marks need none', spaced`（${'brand'}）${'10%'}：${'女'}`, '（brand）10%：女'],
  ['a value that says nothing leaves its neighbours together', spaced`阶段${''}P`, '阶段 P'],
  ['what a value says itself stays as it is', spaced`在人群「${'老客 vip名单'}」中`, '在人群「老客 vip名单」中'],
  ['two values', spaced`${'最近 30 天'}${'加购'}${'2 次'}`, '最近 30 天加购 2 次'],
])('%s', (_, told, expected) => {
  expect(told).toBe(expected);
});
