import { expect, test } from 'vitest';
import type { ShelfEntry } from '../../../src/api/analyses.ts';
import { matching } from './matching.ts';

const entry = (id: string, origin: ShelfEntry['origin'], zh: string, en: string): ShelfEntry => ({
  id,
  origin,
  title: { zh, en },
  question: { zh: '有多少？', en: 'How many?' },
  params: {},
  columns: [],
  chart: { kind: 'table' },
});
const shelf = [
  entry('fast', 'published', '运营健康度', 'FAST, health'),
  entry('grow', 'proposed', '增长来源', 'GROW, growth'),
];

test.each([
  ['', 'all', ['fast', 'grow']],
  ['增长', 'all', ['grow']],
  ['HEALTH many', 'all', ['fast']],
  ['health 增长', 'all', []],
  ['', 'proposed', ['grow']],
  ['fast', 'proposed', []],
])('a search for %j among %s finds %j', (search, origin, ids) => {
  expect(matching(shelf, search, origin).map((each) => each.id)).toEqual(ids);
});
