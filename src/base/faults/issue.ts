import type { z } from 'zod';
import type { Text } from '../text.ts';
import { readBack } from './say.ts';

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表',
  object: '一组键和值',
  record: '一组键和值',
  tuple: '列表',
  date: '日期',
};

/** How much of a thing is counted by. */
const units: Readonly<Record<string, string>> = {
  string: ' 个字符',
  array: ' 项',
  tuple: ' 项',
  set: ' 项',
  record: ' 项',
};

const formats: Readonly<Record<string, string>> = {
  url: '须是完整的地址，例如 https://域名/路径',
  date: '须是日期，写作 YYYY-MM-DD',
  email: '须是邮箱地址',
};

/** What a schema finds wrong, in every language: in English its own words. */
export function issueText(issue: z.core.$ZodIssue): Text {
  return { zh: readBack(issue.message)?.zh ?? chinese(issue), en: issue.message };
}

function chinese(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined')) return '必须填写';
      return `须是${kinds[issue.expected] ?? ` ${issue.expected}`}`;
    case 'too_small':
      return limit(issue.minimum, issue.inclusive ?? true, issue.origin, ['不能小于', '须大于', '至少']);
    case 'too_big':
      return limit(issue.maximum, issue.inclusive ?? true, issue.origin, ['不能大于', '须小于', '最多']);
    case 'invalid_format':
      if (issue.format === 'regex') return `写法不对，须符合 ${issue.pattern ?? ''}`.trim();
      return formats[issue.format] ?? '写法不对';
    case 'invalid_value':
      return `须是${issue.values.length > 1 ? '以下之一：' : ' '}${issue.values.join('、')}`;
    case 'unrecognized_keys':
      return `没有 ${issue.keys.join('、')} 这样的键`;
    case 'invalid_key':
      return '键的写法不对';
    case 'not_multiple_of':
      return `须是 ${issue.divisor} 的倍数`;
    default:
      return '不合要求';
  }
}

type Words = readonly [from: string, beyond: string, count: string];

function limit(value: number | bigint, inclusive: boolean, origin: string, [from, beyond, count]: Words): string {
  const unit = units[origin];
  if (unit !== undefined) return `${count} ${value}${unit}`;
  return `${inclusive ? from : beyond} ${value}`;
}
