import { expect, test } from 'vitest';
import { fieldsOf } from './fields.ts';
import { isComplete, standardParams } from './standard.ts';

const date = (description: string) => ({ type: 'string', format: 'date', description });
const schema = {
  type: 'object',
  properties: {
    from: date('first day | 起始日'),
    to: date('last day | 截止日'),
    base_from: date('first day of the base | 基期起始日'),
    base_to: date('last day of the base | 基期截止日'),
    on: date('day | 截至日'),
    unit: { type: 'string', enum: ['day', 'week', 'month'], default: 'month', description: 'unit | 单位' },
    within_days: { type: 'integer', minimum: 1, maximum: 3650, description: 'days | 天数' },
    few: { type: 'integer', minimum: 1, maximum: 10 },
    all: { type: 'boolean' },
    brand: { type: 'string', minLength: 1, description: 'brand | 品牌' },
  },
  required: ['from', 'to', 'base_from', 'base_to', 'on', 'within_days', 'few'],
};

test('each property of the schema becomes the field that fits it, and first and last days one range', () => {
  expect(fieldsOf(schema).map(({ name, kind, to, required }) => [name, kind, to, required])).toEqual([
    ['from', 'range', 'to', true],
    ['base_from', 'range', 'base_to', true],
    ['on', 'day', undefined, true],
    ['unit', 'choice', undefined, false],
    ['within_days', 'number', undefined, true],
    ['few', 'number', undefined, true],
    ['all', 'flag', undefined, false],
    ['brand', 'brand', undefined, false],
  ]);
});

test('bounds, choices and defaults of the schema stand in the field', () => {
  const fields = fieldsOf(schema);
  expect(fields.find((field) => field.name === 'within_days')).toMatchObject({ min: 1, max: 3650, whole: true });
  expect(fields.find((field) => field.name === 'unit')).toMatchObject({
    choices: ['day', 'week', 'month'],
    default: 'month',
  });
});

test('a last day without a first one stays a day', () => {
  const fields = fieldsOf({ properties: { to: date('last day | 截止日') }, required: ['to'] });
  expect(fields).toMatchObject([{ name: 'to', kind: 'day' }]);
});

test('a form begins with parameters that can be asked at once', () => {
  const fields = fieldsOf(schema);
  const params = standardParams(fields, '2026-06-30');
  expect(params).toEqual({
    from: '2026-06-01',
    to: '2026-06-30',
    base_from: '2026-05-02',
    base_to: '2026-05-31',
    on: '2026-06-30',
    unit: 'month',
    within_days: 30,
    few: 10,
  });
  expect(isComplete(fields, params)).toBe(true);
  expect(isComplete(fields, { ...params, base_to: undefined })).toBe(false);
  expect(isComplete(fields, { ...params, within_days: '' })).toBe(false);
});

test.each([
  ['audience', { type: 'string' }, 'audience'],
  ['base', { type: 'string' }, 'audience'],
  ['ta', { type: 'string' }, 'audience'],
  ['audiences', { type: 'array', items: { type: 'string' } }, 'audiences'],
  ['tags', { type: 'array', items: { type: 'string' } }, 'texts'],
  ['note', { type: 'string' }, 'text'],
])('the parameter %s is picked or written as what it names', (name, property, kind) => {
  expect(fieldsOf({ type: 'object', properties: { [name]: property } })[0]?.kind).toBe(kind);
});
