import { expect, test } from 'vitest';
import { describedIn, pageIn } from './words.ts';

test.each([
  ['first day | 起始日（含）', 'en', 'first day'],
  ['first day | 起始日（含）', 'zh', '起始日（含）'],
  ['a|b without spaces', 'zh', 'a|b without spaces'],
  ['', 'en', ''],
] as const)('%j in %s is %j', (description, locale, expected) => {
  expect(describedIn(locale, description)).toBe(expected);
});

const page = [
  '# fast',
  '## Definition',
  'F（可运营人群）：区间内有阶段者。',
  'F (operable), named 可运营人群: with a stage in the range.',
  '## Parameters',
  '- `from`：起始日，含当日。/ first day, included.\n- `category`：写 `/` 前的一段。/ a path up to a `/`.',
  '## Origin',
  'Published.',
].join('\n\n');

test('a page in two languages is read in one, with its titles', () => {
  expect(pageIn('zh', page)).toEqual([
    { id: 'Definition', title: '口径', text: 'F（可运营人群）：区间内有阶段者。' },
    { id: 'Parameters', title: '参数', text: '- `from`：起始日，含当日。\n- `category`：写 `/` 前的一段。' },
    { id: 'Origin', title: '出处', text: 'Published.' },
  ]);
  expect(pageIn('en', page)).toEqual([
    { id: 'Definition', title: 'Definition', text: 'F (operable), named 可运营人群: with a stage in the range.' },
    {
      id: 'Parameters',
      title: 'Parameters',
      text: '- `from`: first day, included.\n- `category`: a path up to a `/`.',
    },
    { id: 'Origin', title: 'Origin', text: 'Published.' },
  ]);
});
