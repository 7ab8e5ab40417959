import { expect, test } from 'vitest';
import { faultsIn, lineOf, rangeOfLine } from './places.ts';

const yaml = `name: own
title:
  zh: 自有
  en: Own
crowds:
  - id: young
    title: { zh: 年轻, en: Young }
    rule:
      age: { max: 30, min: 40 }
`;

test.each([
  {
    text: 'crowds: 人群分类有以下问题，请修正：crowds.0.id：格式不对；title.zh：不能为空',
    faults: [
      { place: 'crowds', what: '人群分类有以下问题，请修正' },
      { place: 'crowds.0.id', what: '格式不对' },
      { place: 'title.zh', what: '不能为空' },
    ],
  },
  {
    text: 'Rule:\n  crowds.0.rule.age: min is above max\n  crowds.1.rule: no such kind',
    faults: [
      { place: 'crowds.0.rule.age', what: 'min is above max' },
      { place: 'crowds.1.rule', what: 'no such kind' },
    ],
  },
  { text: 'Nothing is changed.', faults: [{ place: '', what: 'Nothing is changed.' }] },
])('the faults of $text stand at their places', ({ text, faults }) => {
  expect(faultsIn(text)).toEqual(faults);
});

test.each([
  { place: 'title.en', line: 4 },
  { place: 'crowds.0.id', line: 6 },
  { place: 'crowds.0.rule.age.min', line: 9 },
  { place: 'crowds.0.rule.gender', line: 9 },
  { place: 'crowds.7', line: 6 },
  { place: '', line: 1 },
])('$place stands on line $line', ({ place, line }) => {
  expect(lineOf(yaml, place)).toBe(line);
});

test('JSON has its lines too', () => {
  expect(lineOf('{\n "crowds": [\n  { "id": 1 }\n ]\n}', 'crowds.0.id')).toBe(3);
});

test('a line is found by its characters', () => {
  const [from, to] = rangeOfLine(yaml, 3);
  expect(yaml.slice(from, to)).toBe('  zh: 自有');
});
