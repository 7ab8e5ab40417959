import { expect, test } from 'vitest';
import { z } from 'zod';
import { issueText } from './issue.ts';

const name = 'letters, digits and . _ @ - only, at most 64';

test.each<[schema: z.ZodType, given: unknown, told: string]>([
  [z.object({ a: z.string() }), {}, '必须填写'],
  [z.string(), 5, '须是文字'],
  [z.number(), '5', '须是数字'],
  [z.boolean(), 'yes', '须是 true 或 false'],
  [z.array(z.string()), 'a', '须是列表'],
  [z.strictObject({}), [], '须是一组键和值'],
  [z.int(), 1.5, '须是整数'],
  [z.int().min(1), 0, '不能小于 1'],
  [z.int().max(3650), 4000, '不能大于 3650'],
  [z.number().gt(0), 0, '须大于 0'],
  [z.string().min(10), 'short', '至少 10 个字符'],
  [z.string().max(3), 'long', '最多 3 个字符'],
  [z.array(z.string()).min(1), [], '至少 1 项'],
  [z.string().regex(/^[a-z]+$/), 'A', '写法不对，须符合 /^[a-z]+$/'],
  [z.string().regex(/^[a-z]+$/, name), 'A', '只能用字母、数字和 . _ @ -，最多 64 个字符'],
  [z.url(), 'nowhere', '须是完整的地址，例如 https://域名/路径'],
  [z.iso.date(), 'today', '须是日期，写作 YYYY-MM-DD'],
  [z.enum(['zh', 'en']), 'fr', '须是以下之一：zh、en'],
  [z.literal(true), false, '须是 true'],
  [z.strictObject({}), { a: 1 }, '没有 a 这样的键'],
  [z.record(z.string().regex(/^a/), z.string()), { b: 'c' }, '键的写法不对'],
  [z.number().multipleOf(5), 3, '须是 5 的倍数'],
  [z.union([z.string(), z.number()]), true, '不合要求'],
])('row %#: what is wrong is told in Chinese, and in English in the words of the schema', (schema, given, told) => {
  const [issue] = schema.safeParse(given).error?.issues ?? [];
  expect(issue && issueText(issue)).toEqual({ zh: told, en: issue?.message });
});
